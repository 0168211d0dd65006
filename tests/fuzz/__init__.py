"""Bad input by the ten thousand, of everything that presscast reads: `python -m tests.fuzz --help`.

`targets` is what is fed, `mutate` makes bad input of good, `guard` watches. Three use them: a small test in
the suite (`tests/test_fuzz.py`), Hypothesis by the thousand (`python -m tests.fuzz`), and a run
that is led by
coverage (`python -m tests.fuzz.coverage`, which needs atheris).
"""
