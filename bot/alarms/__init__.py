"""Alarms to staff: what waits too long, who is told, in which order; and the letters staff get by e-mail or SMS."""
