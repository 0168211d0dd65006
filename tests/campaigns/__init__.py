"""Attempts to lose something, counted: `python -m tests.campaigns --help`.

The quick ones of each kind run in the suite (`tests/make/test_nothing_lost.py`).
"""
