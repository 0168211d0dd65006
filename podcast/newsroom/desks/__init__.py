"""Who chooses, assigns and summarises: the desk that needs no model, and the one that asks one."""
