"""Everything that depends on the language that is spoken."""
