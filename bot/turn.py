"""One turn of a conversation, readable top to bottom."""
