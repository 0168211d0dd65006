"""Run the stand-in by hand: `python -m tests.standin --port 8095`."""

from __future__ import annotations

import argparse
import threading

from tests.standin import KINDS, StandIn


def main() -> None:
    kinds = "\n".join(f"  {kind:<18} {what}" for kind, what in KINDS.items())
    parser = argparse.ArgumentParser(
        prog="python -m tests.standin",
        description="A stand-in for OpenAI's service.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        epilog=f"""Point presscast at it with a key of your choice:

  export OPENAI_API_KEY=any OPENAI_BASE_URL=http://127.0.0.1:8095/v1

Misbehaviour is posted to it:

  curl 127.0.0.1:8095/standin/misbehave -d '{{"kind": "429", "on": "harbour", "times": 2, "retry_after": 3}}'
  curl 127.0.0.1:8095/standin/bill

{kinds}""",
    )
    parser.add_argument("--port", type=int, default=8095)
    parser.add_argument("--delay", type=float, default=0.0, help="seconds each answer takes")
    parser.add_argument("--key", default="", help="the only key taken; any when not given")
    options = parser.parse_args()
    with StandIn(options.port, options.delay, options.key) as service:
        print(f"{service.url}  (Ctrl-C ends it)")
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            print(f"\n{len(service.calls)} requests, {service.bill.total:.4f} US$")


if __name__ == "__main__":
    main()
