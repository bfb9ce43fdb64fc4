"""The edge out: Telegram's transport, the valve before it, and values turned into messages."""
