"""podcast.toml: what it may say, and what is said of its faults."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from pathlib import Path

import pytest

from podcast.config import SETTING_KEYS, feed_guid, load_show
from podcast.errors import ConfigError
from podcast.model import WriterService

GOOD = {
    "title": '"Tide Tables"',
    "author": '"The harbour office"',
    "email": '"office@harbour.example"',
    "description": '"What the water does today."',
    "url": '"https://harbour.example/feeds"',
    "link": '"https://harbour.example/"',
}


def written(folder: Path, **changes: str | None) -> Path:
    """A folder with a podcast.toml of GOOD and `changes`; None leaves a key out."""
    table = {**GOOD, **changes}
    lines = [f"{key} = {value}" for key, value in table.items() if value is not None]
    (folder / "podcast.toml").write_text("\n".join(lines), encoding="utf-8")
    return folder


def faults(folder: Path) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        load_show(folder)
    return str(caught.value).splitlines()


def test_a_small_file_is_enough(tmp_path: Path) -> None:
    """Six lines make a show; the rest has sensible values, and the address ends in a slash."""
    show = load_show(written(tmp_path))
    assert show.title == "Tide Tables"
    assert show.url == "https://harbour.example/feeds/"
    assert (show.sound.rate, show.sound.bitrate, show.voices.engine, show.writer.name) == (
        48_000,
        96,
        "auto",
        "template",
    )
    assert show.edition.time == dt.time(6)


@pytest.mark.parametrize(
    ("address", "guid"),
    [
        ("https://mp3s.nashownotes.com/pc20rss.xml", "917393e3-1b1e-5cef-ace4-edaa54e1f810"),
        ("https://podnews.net/rss", "9b024349-ccf0-5f69-a609-6b82873eab3c"),
    ],
)
def test_the_guid_is_the_one_the_namespace_defines(address: str, guid: str) -> None:
    """Two feeds whose guids are public: the one in the namespace's documentation, and Podnews."""
    assert feed_guid(address) == guid


def test_a_guid_that_was_set_is_kept(tmp_path: Path) -> None:
    """A show that moves to another address keeps its guid."""
    guid = feed_guid("https://old.example/feeds/feed.xml")
    assert load_show(written(tmp_path, guid=f'"{guid}"')).guid == guid


def test_all_faults_are_reported_together(tmp_path: Path) -> None:
    """Each fault is a line with the file, the key and a guess."""
    said = faults(written(tmp_path, titel='"x"', rate='"fast"', author=None))
    assert said == [
        f"{tmp_path}/podcast.toml: titel: no such setting. Did you mean 'title'?",
        f"{tmp_path}/podcast.toml: rate: 'fast' is not a whole number",
        f'{tmp_path}/podcast.toml: author: missing. Add `author = "..."`',
    ]


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("email", '"nobody"', "email: 'nobody' is not a mail address"),
        (
            "url",
            '"harbour.example"',
            "url: 'harbour.example' is not an address that starts with https://",
        ),
        ("link", '"https://häfen.example/"', "write the name as xn--"),
        ("link", '"https://a.example/häfen"', "write them as %XX"),
        ("url", '"https://a.example:99999/"', "Port out of range"),
        ("title", '""', "title: is empty"),
        ("title", '" x"', "title: has white space at its ends"),
        ("title", f'"{"x" * 256}"', "title: must be one line of at most 255 characters"),
        ("description", f'"{"x" * 4001}"', "longer than 4000 bytes"),
        ("language", '"English"', "presscast speaks English alone"),
        ("language", '"de"', "presscast speaks English alone"),
        ("language", '"en_US"', "presscast speaks English alone"),
        ("url", '"https://a.example/feeds/?x=1"', "has a query"),
        ("url", '"https://a.example/feeds/#top"', "has a fragment"),
        ("url", '"https://a.example/feeds/feed.xml"', "ends in a file"),
        ("store", '"ss3://bucket/feeds"', "there is no store 'ss3'. Did you mean 's3'?"),
        ("store", '"s3:bucket"', "Did you mean 's3://...'?"),
        ("cache", '"gss://bucket"', "there is no store 'gss'"),
        ("facts", '"yes"', "is none of 'keys', 'prefixed', 'none'"),
        ("category", '"Tech"', "category: 'Tech' is not one of Apple's"),
        ("category", '"Technologie"', "Did you mean 'Technology'?"),
        ("subcategory", '"Daily News"', "subcategory: Technology has no 'Daily News'"),
        ("timezone", '"Mars/Olympus"', "is not a time zone"),
        ("rate", "22050", "rate: 22050 Hz cannot be"),
        ("bitrate", "97", "bitrate: MP3 at 48000 Hz has no 97 kbit/s"),
        ("guid", '"abc"', "is not a UUID"),
        ("guid", '"5b1ad0b2-0c6f-4f0c-9a43-3a2b8c3f2a11"', "is not a UUID of version 5"),
        ("post_url", '"https://h.example/{yeer}/"', "may hold only"),
        ("post_url", '"https://h.example/{year:9999999999}/"', "may hold only"),
        ("url", '"http://[/"', "url: 'http://[/' is no address"),
        ("email", f'"{"a@" + "." * 900} "', "is not a mail address"),
        ("time", '"06:00"', "is not a time such as 06:00:00"),
        ("locked", '"yes"', "is not true or false"),
        ("cover", '"x.jpg"', "cover: no such setting"),
    ],
)
def test_a_bad_value_is_named(tmp_path: Path, key: str, value: str, said: str) -> None:
    """Each setting says what is wrong with its value."""
    (fault,) = faults(written(tmp_path, **{key: value}))
    assert said in fault


def test_no_show_says_how_to_make_one(tmp_path: Path) -> None:
    """A folder without podcast.toml names the remedy."""
    (fault,) = faults(tmp_path)
    assert "podcast init" in fault


@pytest.mark.parametrize(
    ("toml", "said"),
    [
        ("\na = " + "[" * 5000, "it is nested too deeply (at line 2)"),
        ("\n\na = " + "9" * 5000, "a number is too long (at line 3)"),
        ("\n\na = 0x" + "f" * 5000, "a number is too long (at line 3)"),
        (b"\n\xff", "byte 0xff is not UTF-8 (at line 2)"),
    ],
    ids=["deep", "long", "long in base 16", "bytes"],
)
def test_toml_that_python_cannot_read_is_one_line(
    tmp_path: Path, toml: str | bytes, said: str
) -> None:
    """What is too deep or too long, or no UTF-8, is named with its line."""
    (tmp_path / "podcast.toml").write_bytes(toml if isinstance(toml, bytes) else toml.encode())
    (fault,) = faults(tmp_path)
    assert f"podcast.toml: not valid TOML: {said}" in fault


def test_a_message_is_safe_to_print_and_not_endless(tmp_path: Path) -> None:
    """What a value has of control characters, and of length, is shown as escapes, and cut in the middle."""
    (fault,) = faults(written(tmp_path, **{f'"{"x" * 5000}\\u001b[31m"': "1"}))
    assert fault.isprintable()
    assert len(fault) < 700
    assert fault.endswith("no such setting")


def test_broken_toml_is_one_line(tmp_path: Path) -> None:
    """A syntax error names the file and the line."""
    (tmp_path / "podcast.toml").write_text('title = "a\nb"', encoding="utf-8")
    (fault,) = faults(tmp_path)
    assert "podcast.toml: not valid TOML" in fault
    assert "line 1" in fault


def test_every_setting_is_documented() -> None:
    """docs/settings.md names each key that podcast.toml may have, and no other as one."""
    page = (Path(__file__).parent.parent / "docs" / "settings.md").read_text(encoding="utf-8")
    tables = re.findall(r"^\| setting\b.*\n((?:\|.*\n)+)", page, re.MULTILINE)
    cells = re.findall(r"^\| (.+?) \|", "".join(tables), re.MULTILINE)
    named = {
        name for cell in cells for name in re.findall(r"[`\[]([a-z_]+)(?=[`\]]| = )", cell)
    }
    settings = set(SETTING_KEYS)
    settings |= {field.name for field in dataclasses.fields(WriterService)} | {"use", "model"}
    assert settings - named - {name for name in settings if f"`{name} = " in page} == set()
    assert named - settings == set()


def test_weights_in_the_users_cache_are_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`model_file` counts first, then the user's cache; without both, the installed packages speak."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    assert load_show(written(tmp_path)).voices.model_file is None

    model = tmp_path / "cache" / "presscast" / "kokoro-v1.0.int8.onnx"
    model.parent.mkdir(parents=True)
    model.write_bytes(b"weights")
    assert load_show(tmp_path).voices.model_file == model

    named = written(tmp_path, model_file='"own.onnx"')
    assert load_show(named).voices.model_file == tmp_path / "own.onnx"
