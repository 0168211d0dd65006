"""Papers, feeds and pages become a written edition."""
