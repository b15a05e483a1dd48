"""How a conversation goes on: flows, the engine that runs them, and what is kept of it."""
