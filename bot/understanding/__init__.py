"""What a message means: language, needs and acts, facts."""
