"""A model's service: client, structured answers, budget, prices."""
