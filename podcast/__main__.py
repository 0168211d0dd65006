"""`python -m podcast` is `podcast`."""

from podcast.cli import main

main(prog_name="podcast")
