"""What all pages share: rendering, headers, errors, limits, live updates."""
