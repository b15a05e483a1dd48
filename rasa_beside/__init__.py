"""Rasa 3.6.21 beside the bot: its own environment, the same sentences, the same questions over HTTP."""
