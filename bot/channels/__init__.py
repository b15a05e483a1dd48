"""How families reach us: web chat, the REST channel, their own page."""
