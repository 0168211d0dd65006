"""What speaks: one adapter a file."""
