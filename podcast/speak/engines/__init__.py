"""Speech engines: one adapter a file."""
