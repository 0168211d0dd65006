"""The clock of this machine, and what its environment says: keys, addresses, a mail server."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

from podcast.errors import ConfigError
from podcast.model import MailServer

# The neural voice's weights, as the project that exported them calls its file.
MODEL_FILE = "kokoro-v1.0.int8.onnx"

# Scheme of a mail server's address: whether TLS begins with the first byte.
_IS_ENCRYPTED = {"smtp": False, "smtps": True}
_TLS_PORT = 465
_SUBMISSION_PORT = 587
_RELAY_PORT = 25


def read_clock() -> dt.datetime:
    """Read the present moment, in this machine's zone."""
    return dt.datetime.now().astimezone()


def openai_key() -> str:
    """Read the key of the OpenAI service; empty when there is none."""
    return read_key("OPENAI_API_KEY")


def read_key(variable: str) -> str:
    """Read a key from an environment variable; empty when there is none."""
    if not variable:
        return ""
    return os.environ.get(variable, "")


def openai_address() -> str:
    """Read the address of the OpenAI service, or of one that speaks as it does; empty.

    OpenAI's own.
    """
    return os.environ.get("OPENAI_BASE_URL", "")


def mail_settings() -> tuple[MailServer | None, tuple[str, ...]]:
    """Read where mail is handed in, and who gets it: PRESSCAST_SMTP and PRESSCAST_MAIL_TO.

    `smtp://user:password@host:587`, or `smtps://` for TLS from the start; receivers are parted
    by commas. Raises ConfigError, without the password.
    """
    written_receivers = os.environ.get("PRESSCAST_MAIL_TO", "").split(",")
    receivers = tuple(one.strip() for one in written_receivers if one.strip())

    address = os.environ.get("PRESSCAST_SMTP", "")
    if not address:
        return None, receivers
    return _parse_server(address), receivers


def _parse_server(address: str) -> MailServer:
    try:
        parts = urlsplit(address)
        encrypted = _IS_ENCRYPTED[parts.scheme]
        port = parts.port
    except (KeyError, ValueError):
        # `from None`: the message of urlsplit would show the password.
        raise ConfigError(
            "PRESSCAST_SMTP: write it as smtp://user:password@host:587 or smtps://..."
        ) from None
    if not parts.hostname:
        raise ConfigError("PRESSCAST_SMTP: it names no host")

    return MailServer(
        host=parts.hostname,
        port=port or _usual_port(encrypted, parts.username),
        encrypted=encrypted,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
    )


def _usual_port(encrypted: bool, user: str | None) -> int:
    if encrypted:
        return _TLS_PORT
    # RFC 6409: who logs in hands in at 587; port 25 is for servers among themselves.
    return _SUBMISSION_PORT if user else _RELAY_PORT


def find_cached_model() -> Path | None:
    """Find the neural voice's weights in the user's cache; None when they are not there."""
    cache = os.environ.get("XDG_CACHE_HOME") or str(Path("~/.cache").expanduser())
    path = Path(cache) / "presscast" / MODEL_FILE
    return path if path.is_file() else None
