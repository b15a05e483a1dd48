"""The live chat: a family and a member of staff write to each other while the bot is silent."""
