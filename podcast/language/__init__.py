"""What depends on the language that is spoken."""
