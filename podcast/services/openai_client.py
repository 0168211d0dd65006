"""The client of OpenAI's service, or of one that speaks like it: address, key, patience.

Engines and the writer share it. The service's errors become ServiceError here, in words that
say what to do, and without the key.
"""

from __future__ import annotations

import datetime as dt
import itertools
import logging
import random
import re
import threading
import time
from collections.abc import Callable, Collection
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlsplit

from podcast.services.call_form import CallForm

if TYPE_CHECKING:
    from openai import OpenAI

T = TypeVar("T")
log = logging.getLogger(__name__)

ADDRESS = "https://api.openai.com/v1"
# The environment variable that holds the key.
KEY = "OPENAI_API_KEY"

# Tokens of context that suffice for every question and its answer.
CONTEXT = 16384

_EXCEEDS_CONTEXT = re.compile(
    r"exceed\w*\ (?:the\ )?(?:available\ )?context | maximum\ context\ length"
    r"| context\ (?:length|size|window)\ (?:is\ )?exceeded | n_keep\ .*\ n_ctx",
    re.IGNORECASE | re.VERBOSE,
)
_ATTEMPTS = 6
_LONGEST_PAUSE = 30.0


def find_missing_client(key: str) -> str:
    """Say how to get what calls to the service lack on this machine.

    Empty when they can be made.
    """
    if find_spec("openai") is None:
        return "pip install 'presscast[openai]'"
    return "" if key else f"Set the environment variable {KEY}"


def exceeds_context(message: str) -> bool:
    """Tell whether a server says that a question is longer than what its model can read."""
    return bool(_EXCEEDS_CONTEXT.search(message))


def find_served(model: str, served: Collection[str]) -> str:
    """Find under which name a server has a model; empty where it does not.

    Ollama takes a name without a tag for its latest; llama.cpp may list the whole path of a
    file.
    """
    for name in (model, f"{model}:latest"):
        if name in served:
            return name
    return next((name for name in served if name.endswith(f"/{model}")), "")


class ServiceError(Exception):
    """A call that the service did not answer as asked: what happened, and the remedy."""

    def __init__(
        self,
        what: str,
        remedy: str = "",
        *,
        again: bool = False,
        after: float | None = None,
        gone: bool = False,
        charged: bool = False,
        declined: bool = False,
    ) -> None:
        super().__init__(f"{what}. {remedy}" if remedy else what)
        self.what = what
        self.remedy = remedy
        self.again = again
        """True when the same call may succeed later."""
        self.after = after
        """Seconds to wait before that, as the service says; None when it does not."""
        self.gone = gone
        """True when the service no longer has the model."""
        self.charged = charged
        """True when the service may have charged for an answer that was lost."""
        self.declined = declined
        """True when it was this very text that the service would not take."""


class Service:
    """The address of a service and how to behave towards it. Safe for threads.

    Pickles without the key.
    """

    def __init__(
        self,
        key: Callable[[], str],
        address: str = ADDRESS,
        *,
        timeout: float = 60.0,
        patience: float = 300.0,
        pause: float = 1.0,
        key_name: str = KEY,
        needs_key: bool = True,
    ) -> None:
        """Open a service. All times are in seconds.

        `key` gives the key when it is needed, and must be a function of a module, so that a
        copy of this in another process reads the key there.
        """
        self.key = key
        self.address = address
        self.timeout = timeout
        """Seconds that an answer may take."""
        self.patience = patience
        """Seconds to go on with one call to a service that is busy or broken, its last answer
        on top."""
        self.pause = pause
        """The first wait, which doubles, where the service does not say how long."""
        self.key_name = key_name
        """The environment variable that holds the key, for messages; empty when none was
        named."""
        self.needs_key = needs_key
        """False for a server that is asked without one."""
        self.call_forms: dict[str, CallForm] = {}
        """Model to the form of a call that its server takes, as far as it was learned."""
        self._lock = threading.Lock()
        self._client: OpenAI | None = None
        self._not_before = 0.0

    def __reduce__(self) -> tuple[Any, ...]:
        times = (self.timeout, self.patience, self.pause)
        return _service, (self.key, self.address, *times, self.key_name, self.needs_key)

    def find_missing(self) -> str:
        """Say how to get what calls lack on this machine; empty when they can be made."""
        if find_spec("openai") is None:
            return "pip install 'presscast[openai]'"
        if not self.needs_key or self.key():
            return ""
        if not self.key_name:
            remedy = 'key_env = "...", or "" for none'
            return f"Name the variable that holds the key of {self.host}: {remedy}"
        return f"Set the environment variable {self.key_name}"

    def client(self) -> OpenAI:
        """The client, made once.

        Raises ServiceError where there is no key or no client library.
        """
        with self._lock:
            if self._client is None:
                try:
                    from openai import OpenAI
                except ImportError:
                    raise ServiceError(
                        "the client for OpenAI is not installed",
                        "Install it: pip install 'presscast[openai]'",
                    ) from None
                if missing := self.find_missing():
                    raise ServiceError("there is no key", missing)
                # Retries are ours: shared with the WebSocket, bounded in time, and counted.
                key: Callable[[], str] | str = self.key if self.key() else "none"
                self._client = OpenAI(
                    api_key=key, base_url=self.address, timeout=self.timeout, max_retries=0
                )
                # At level DEBUG it would log the handshake, and the key with it.
                logging.getLogger("websockets").setLevel(logging.INFO)
            return self._client

    def models(self) -> dict[str, dt.date | None]:
        """The models that the service has.

        Name to the day on which it stops, None when none is announced.

        Raises ServiceError.
        """
        from openai import OpenAIError

        def ask() -> dict[str, dt.date | None]:
            try:
                served = self.client().models.list()
            except (OpenAIError, OSError) as error:
                raise self.fault(error, "any") from None
            # Ollama lists null where no model is pulled yet.
            return {model.id: _shutdown_of(model) for model in served.data or ()}

        return self.patiently(ask)

    def patiently(self, call: Callable[[], T]) -> T:
        """The result of `call`, made again where that may help, as late as the service asks.

        When it asks one thread to wait, all wait. Raises ServiceError.
        """
        started, pause = time.monotonic(), self.pause
        for attempt in itertools.count(1):
            time.sleep(max(0.0, self._not_before - time.monotonic()))
            try:
                return call()
            except ServiceError as error:
                wait = pause * random.uniform(0.75, 1.0)  # noqa: S311 - no secret
                if error.after is not None:
                    wait = error.after
                    self._not_before = max(self._not_before, time.monotonic() + wait)
                waited = time.monotonic() - started
                self._raise_when_hopeless(error, attempt, waited + wait, wait)

                log.info("%s; again in %.1f s", error.what, wait)
                time.sleep(wait)
                pause = min(pause * 2, _LONGEST_PAUSE)
        raise AssertionError("unreachable")

    def _raise_when_hopeless(
        self, error: ServiceError, attempt: int, seconds: float, wait: float
    ) -> None:
        """Raise the error where the same call will not help, or not in time."""
        if not error.again:
            raise error
        if attempt < _ATTEMPTS and seconds <= self.patience:
            return
        tries = f" and asks to wait {wait:.0f} s" if error.after else ""
        if attempt > 1:
            tries = f", {attempt} times over"
        remedy = error.remedy or "Run again later: what was made is kept"
        raise ServiceError(error.what + tries, remedy, again=True) from None

    def fault(self, error: Exception, model: str) -> ServiceError:
        """The client library's error, or the WebSocket's, in our words."""
        from openai import APIConnectionError, APIStatusError, APITimeoutError
        from websockets.exceptions import InvalidStatus, WebSocketException

        if isinstance(error, ServiceError):
            return error
        if isinstance(error, APIStatusError):
            headers = error.response.headers
            return self.refusal(
                error.status_code, error.code, error.message, model, _retry_after(headers)
            )
        if isinstance(error, InvalidStatus):
            answer = error.response
            return self.refusal(
                answer.status_code, *_error_in(answer.body), model, _retry_after(answer.headers)
            )
        if isinstance(error, APITimeoutError):
            return ServiceError(
                f"no answer from {self.host} within {self.timeout:g} s",
                again=True,
                charged=True,
            )
        if isinstance(error, APIConnectionError | WebSocketException | OSError):
            cause = self._plain(str(error.__cause__ or error))
            return ServiceError(
                f"the connection to {self.host} failed ({cause})",
                "Check the network and the address",
                again=True,
                charged=True,
            )
        raise error

    def late(self) -> ServiceError:
        """No answer came in time."""
        what = f"no answer from {self.host} within {self.timeout:g} s"
        return ServiceError(what, again=True, charged=True)

    def refusal(
        self,
        status: int,
        code: str | None,
        message: str,
        model: str,
        after: float | None = None,
    ) -> ServiceError:
        """Say what a status, code and message of the service mean to the owner of the key."""
        if lasting := self._lasting_refusal(status, code, model):
            return lasting
        if exceeds_context(message):
            what = f"{self.host}: question and answer do not fit the context of {model}"
            return ServiceError(what, f"Start the server with a larger context: {CONTEXT}")
        if passing := self._passing_refusal(status, code, after):
            return passing
        return ServiceError(
            f"{self.host} refuses the call ({status}): {self._plain(message)}",
            declined=code in ("invalid_prompt", "content_policy_violation", "content_filter"),
        )

    def _lasting_refusal(
        self, status: int, code: str | None, model: str
    ) -> ServiceError | None:
        """The refusals that the owner must mend: key, right, model, credit."""
        host = self.host
        if status == 401 or code == "invalid_api_key":
            # The service's own message may quote the key.
            return ServiceError(f"{host} refuses the key", self._key_remedy)
        if status == 403:
            remedy = "Allow it in the key's project, or take another model"
            return ServiceError(f"this key may not use {model} at {host}", remedy)
        if status in (404, 410) or code in ("model_not_found", "model_deprecated"):
            what = f"{host} does not have the model {model}, or not any more"
            return ServiceError(what, gone=True)
        if code in ("insufficient_quota", "billing_hard_limit_reached"):
            what = f"the account at {host} has no credit left"
            return ServiceError(what, "Add some, then run again")
        return None

    def _passing_refusal(
        self, status: int, code: str | None, after: float | None
    ) -> ServiceError | None:
        """The refusals that may pass by themselves: too many calls, a fault of the service."""
        if status == 429 or code == "rate_limit_exceeded":
            return ServiceError(
                f"{self.host} limits the rate of calls", again=True, after=after
            )
        if status in (408, 409) or status >= 500 or code in ("server_error", "session_expired"):
            what = f"{self.host} failed with status {status}"
            return ServiceError(what, again=True, after=after)
        return None

    @property
    def host(self) -> str:
        """Host and port of the address, for messages."""
        return urlsplit(self.address).netloc.rpartition("@")[2]

    @property
    def _key_remedy(self) -> str:
        if self.key_name:
            return f"Check the environment variable {self.key_name}"
        place = 'key_env = "..." in the table [writer]'
        return f"Name the environment variable that holds one: {place}"

    def _plain(self, text: str) -> str:
        """The text on one line, without the key."""
        key = self.key()
        return " ".join(text.split()).replace(key, "***") if key else " ".join(text.split())


def _service(
    key: Callable[[], str],
    address: str,
    timeout: float,
    patience: float,
    pause: float,
    key_name: str,
    needs_key: bool,
) -> Service:
    return Service(
        key,
        address,
        timeout=timeout,
        patience=patience,
        pause=pause,
        key_name=key_name,
        needs_key=needs_key,
    )


def _shutdown_of(model: object) -> dt.date | None:
    """The day on which a listed model stops; None where the server says none, as most do."""
    day = getattr(model, "shutdown_date", None)
    return dt.date.fromisoformat(day) if isinstance(day, str) and day else None


def _retry_after(headers: Any) -> float | None:
    """The seconds that the service asks to wait (RFC 9110, 10.2.3; it uses no dates)."""
    for name, scale in (("retry-after-ms", 1000), ("retry-after", 1)):
        try:
            return max(0.0, float(headers.get(name)) / scale)
        except (TypeError, ValueError):
            continue
    return None


def _error_in(body: bytes | bytearray | None) -> tuple[str | None, str]:
    """Code and message of an error's JSON; nothing where it is none."""
    import json

    try:
        error = json.loads(body or b"")["error"]
        return error.get("code"), str(error.get("message", ""))
    except (ValueError, TypeError, KeyError, AttributeError):
        return None, "no reason given"
