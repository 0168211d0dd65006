"""The drawn cover: what directories take, whatever the title."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from podcast.errors import PublishError
from podcast.publish.accent_colour import accent, shade
from podcast.publish.cover import draw_art, draw_cover, find_cover

TITLES = {
    "short": "Small Hours",
    "long": "A weekly account of everything that was said in the harbour, and of what was meant by it",
    "endless": "word " * 2000,
    "one word": "x" * 10_000,
    "cyrillic": "Тихая гавань",
    "accents": "Café Ørsted – Łódź",
    "no glyphs": "日本語の番組",
    "right to left": "ساعة الميناء",
    "emoji": "😀🎙️ Morning 😀",
    "controls": "a\x00b\n\tc\u202ed\ud800",
    "empty": "",
    "markup": "<script>alert('x')</script> & ]]>",
}


@pytest.mark.parametrize("title", TITLES.values(), ids=TITLES.keys())
def test_every_title_gives_art_that_directories_take(title: str, tmp_path: Path) -> None:
    """JPEG, square, the size asked for, RGB, below 512 kB: rules J1 to J4."""
    draw_cover(title, path := tmp_path / "cover.jpg", 1400)
    with Image.open(path) as picture:
        picture.load()
    assert (picture.format, picture.mode, picture.size) == ("JPEG", "RGB", (1400, 1400))
    assert path.stat().st_size <= 512_000
    assert len(picture.resize((50, 50)).getcolors(2500) or []) > 20, "something is drawn"


def test_the_largest_art_is_light_enough(tmp_path: Path) -> None:
    """3000 pixels, the default, and below 512 kB."""
    draw_cover("The Quayside Hour", path := tmp_path / "cover.jpg")
    with Image.open(path) as picture:
        assert picture.size == (3000, 3000)
    assert path.stat().st_size <= 512_000


def test_the_same_words_give_the_same_bytes(tmp_path: Path) -> None:
    """Drawn twice, it is one picture; another title is another."""
    for name, title in (("a", "Small Hours"), ("b", "Small Hours"), ("c", "Long Hours")):
        draw_cover(title, tmp_path / f"{name}.jpg", 1400)
    one, two, other = ((tmp_path / f"{name}.jpg").read_bytes() for name in "abc")
    assert one == two != other


@pytest.mark.parametrize("size", [1399, 3001])
def test_art_that_directories_refuse_is_not_drawn(size: int, tmp_path: Path) -> None:
    """1400 to 3000 pixels, and nothing is written otherwise."""
    with pytest.raises(ValueError, match="1400 to 3000"):
        draw_cover("Small Hours", tmp_path / "cover.jpg", size)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "title", [TITLES["long"], TITLES["endless"], TITLES["one word"], "W" * 400, "Wm " * 300]
)
def test_the_title_is_drawn_inside_the_picture(title: str, tmp_path: Path) -> None:
    """The edges stay clear of lettering: the left and right margins hold the ground and the wave alone."""
    draw_cover(title, path := tmp_path / "cover.jpg", 1400)
    with Image.open(path) as picture:
        ground = picture.getpixel((5, 5))
        assert isinstance(ground, tuple)
        for y in range(0, 600, 7):
            for x in (40, 60, 1345, 1370):
                pixel = picture.getpixel((x, y))
                assert isinstance(pixel, tuple)
                assert sum(abs(a - b) for a, b in zip(pixel, ground, strict=True)) < 90


def test_a_headline_of_one_long_word_stays_inside() -> None:
    """Art of an episode breaks what no line can hold; the right margin is clear of lettering."""
    with Image.open(io.BytesIO(draw_art("Quay", "3 June", ["W" * 89]))) as picture:
        column = [picture.getpixel((1392, y)) for y in range(100, 600, 3)]
    assert max(max(pixel) for pixel in column if isinstance(pixel, tuple)) < 128


@pytest.mark.parametrize(
    ("title", "same"),
    [
        ("Assembling 3𝐃 Avatars", "Assembling 3D Avatars"),
        ("Ｔｈｅ Ｄｅｓｋ", "The Desk"),
        ("漢字 Daily", "HanZi Daily"),
        ("باب", "bab"),
    ],
)
def test_a_letter_that_the_font_lacks_is_spelled(title: str, same: str) -> None:
    """It is drawn in Latin letters; nothing of a title is gone."""
    assert draw_art("x", "", [title]) == draw_art("x", "", [same]) != b""


def test_what_cannot_be_drawn_is_said(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """An emoji is left out of the art, and a warning names it."""
    draw_cover("Morning 😀 Show", tmp_path / "cover.jpg", 1400)
    assert "😀" in caplog.text


def tallest_letters(content: bytes) -> int:
    """Height of the tallest line of letters in a picture that a list shows, 55 pixels wide."""
    with Image.open(io.BytesIO(content)) as picture:
        shown = picture.resize((55, 55), Image.Resampling.LANCZOS).convert("L")
    rows = [shown.crop((4, y, 40, y + 1)).getextrema()[1] > 120 for y in range(30)]
    return max(map(len, "".join("x" if row else " " for row in rows).split()))


def test_the_title_is_large(tmp_path: Path) -> None:
    """In a list of shows, at 55 pixels, a title of three words has letters of seven pixels or more."""
    draw_cover("The Quayside Hour", path := tmp_path / "cover.jpg", 1400)
    assert tallest_letters(path.read_bytes()) >= 7


def test_the_day_is_large() -> None:
    """In a list of episodes, art of five headlines has the day in letters of six pixels or more."""
    headlines = ["A harbour that listens to its boats and to the weather"] * 5
    assert tallest_letters(draw_art("Small Hours", "11 June", headlines)) >= 6


def test_a_cover_of_another_format_is_refused(tmp_path: Path) -> None:
    """`cover.webp` is named with the remedy, not passed over; case and `.jpeg` do not matter."""
    (tmp_path / "cover.webp").write_bytes(b"RIFF")
    with pytest.raises(PublishError, match=r"cover\.webp: .* Save it as cover\.jpg"):
        find_cover(tmp_path)
    for name in ("cover.png", "Cover.JPEG", "COVER.jpg"):
        (tmp_path / name).write_bytes(b"x")
        assert find_cover(tmp_path) == tmp_path / name
    assert find_cover(tmp_path / "nowhere") is None


def test_the_accent_is_the_liveliest_colour(tmp_path: Path) -> None:
    """An orange patch on grey is found; grey alone gives a fallback that is not grey."""
    picture = Image.new("RGB", (1400, 1400), "#777777")
    picture.save(plain := tmp_path / "plain.png")
    picture.paste("#e07020", (0, 0, 400, 400))
    picture.save(lively := tmp_path / "lively.png")
    red, green, blue = bytes.fromhex(accent(lively)[1:])
    assert red > green > blue
    red, green, blue = bytes.fromhex(accent(plain)[1:])
    assert max(red, green, blue) - min(red, green, blue) > 40
    (broken := tmp_path / "broken.jpg").write_bytes(b"not a picture")
    assert accent(broken) == accent(plain)


def luminance(colour: str) -> float:
    """WCAG 2.2, relative luminance."""
    parts = [byte / 255 for byte in bytes.fromhex(colour[1:])]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return sum(
        part * weight for part, weight in zip(linear, (0.2126, 0.7152, 0.0722), strict=True)
    )


@pytest.mark.parametrize(
    "colour", ["#ffff00", "#000000", "#ffffff", "#3f5e8c", "#ff7f50", "#808080"]
)
@pytest.mark.parametrize(("ground", "contrast"), [("#fdfcfa", 4.5), ("#141416", 7.0)])
def test_a_shaded_colour_can_be_read(colour: str, ground: str, contrast: float) -> None:
    """Contrast on paper and at night is what was asked for; a colour that has it already stays."""
    shaded = shade(colour, ground, contrast)
    dark, light = sorted((luminance(shaded), luminance(ground)))
    assert (light + 0.05) / (dark + 0.05) >= contrast
    assert shade(shaded, ground, contrast) == shaded
