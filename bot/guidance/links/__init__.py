"""Whether the web addresses of the catalogue still answer: asked each night, politely, and told without alarm."""
