"""Errors in the service's own shapes."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """An error as the service answers it."""

    status: int
    type: str
    code: str | None
    message: str

    def body(self) -> dict[str, object]:
        error = {"message": self.message, "type": self.type, "param": None, "code": self.code}
        return {"error": error}


def fault(kind: str, model: str, key: str) -> Fault | None:
    """The error of a misbehaviour; None when it is no error answer."""
    return {
        "401": Fault(
            401,
            "invalid_request_error",
            "invalid_api_key",
            f"Incorrect API key provided: {key}.",
        ),
        "403": Fault(
            403, "invalid_request_error", "model_not_found", f"No access to model `{model}`."
        ),
        "404": Fault(
            404,
            "invalid_request_error",
            "model_not_found",
            f"The model `{model}` was shut down.",
        ),
        "429": Fault(
            429, "requests", "rate_limit_exceeded", "Rate limit reached for requests."
        ),
        "quota": Fault(
            429, "insufficient_quota", "insufficient_quota", "You exceeded your current quota."
        ),
        "500": Fault(500, "server_error", None, "The server had an error."),
    }.get(kind)
