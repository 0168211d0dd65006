"""A stand-in for OpenAI's service on loopback: real shapes, a bill of its own, and misbehaviour on command.

    with StandIn() as service:
        service.misbehave("429", on="harbour", retry_after=2)
        ...
        assert service.bill.total == ...

By hand: `python -m tests.standin --port 8095 --delay 2`.
"""

from tests.standin.books import Bill, Call
from tests.standin.rules import KINDS, Rule
from tests.standin.server import StandIn

__all__ = ["KINDS", "Bill", "Call", "Rule", "StandIn"]
