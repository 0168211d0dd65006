"""Where the published files are: one adapter a file."""
