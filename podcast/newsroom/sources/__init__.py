"""Where editions come from: one adapter a file."""
