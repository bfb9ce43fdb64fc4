"""A small Telegram: a Bot-API-compatible server and its chat page. Knows the Bot API and nothing of the bot."""
