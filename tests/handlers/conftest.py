"""People in chats with the bot: what they type and tap goes over HTTP, and so does what they see."""
