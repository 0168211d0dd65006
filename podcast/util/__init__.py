"""Files, cache, lock: nothing that knows what a podcast is."""
