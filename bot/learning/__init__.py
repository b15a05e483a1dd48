"""Messages that were not understood, given by their senders to teach the bot."""
