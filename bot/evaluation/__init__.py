"""How well messages are understood: measured on sentences nobody learned from, told in figures with their doubt."""
