"""Desks that choose, assign and summarise: one that needs no model, and one that asks one."""
