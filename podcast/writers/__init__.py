"""Who writes the script: one adapter a file or folder."""
