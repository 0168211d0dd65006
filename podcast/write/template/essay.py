"""An essay: one author reads one text, whole."""
