"""Perheovi and Rasa side by side: what each hears, how fast, and at what cost. Not shipped with the program."""
