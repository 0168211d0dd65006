"""Square art that directories accept, drawn from words: covers and episodes' headlines."""

from __future__ import annotations

import hashlib
import io
import logging
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from podcast.errors import PublishError
from podcast.util.files import write_atomic

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageFont import FreeTypeFont

# Bytes: what NPR and PRX ask art to stay below.
HEAVIEST = 512_000

# Characters of a title that are drawn; beyond them nobody could read it on a phone.
LONGEST = 120

# Height of a title's line against the size of its font.
_LEADING = 1.06

_MOST_HEADLINES = 4
# Height of a headline's line, and the room below a headline, against the size of its font.
_HEADLINE_LEADING, _HEADLINE_GAP = 1.16, 0.7
log = logging.getLogger(__name__)

# Ground, wave and lettering; lettering on ground has a contrast of 9 to 1 or more.
PALETTES = (
    ("#14213d", "#fca311", "#f4efe6"),
    ("#1f2a44", "#ef6f6c", "#f7ede2"),
    ("#0b3c49", "#f2b134", "#f3f1e7"),
    ("#2d1e2f", "#f7a072", "#faf0e6"),
    ("#123524", "#e0c068", "#f4f1e4"),
    ("#3a1f3d", "#ff9b85", "#fbeee6"),
    ("#10394c", "#ff7f50", "#f5efe3"),
    ("#28262c", "#e8b44f", "#f4f0e8"),
    ("#3b2314", "#f0a35e", "#f8efe2"),
    ("#0f2e2e", "#f3c677", "#f2f4ec"),
    ("#1b2845", "#8fd3c8", "#f1f4ee"),
    ("#331832", "#f2c14e", "#fbf3e4"),
)


# Of the show's cover in `assets/`, in the order in which they are taken.
COVER_ENDINGS = ("jpg", "jpeg", "png")

# Pixels and format of the cover's copies: favicon, home screen, pages, lock screen.
ICON_SIZES = {64: "png", 192: "png", 320: "jpg", 512: "jpg"}


def find_cover(assets: Path) -> Path | None:
    """Find the show's own cover, whatever the case of its name; None when there is none.

    Raises PublishError where the only one is in a format that directories refuse.
    """
    found: dict[str, Path] = {}
    for path in sorted(assets.glob("*")):
        if path.stem.lower() == "cover":
            found[path.name.lower()] = path
    for ending in COVER_ENDINGS:
        cover = found.get(f"cover.{ending}")
        if cover and cover.is_file():
            return cover
    if found:
        other = next(iter(found.values()))
        raise PublishError(
            f"{other}: directories take no such cover. Save it as cover.jpg or cover.png"
        )
    return None


def icon_name(cover: str, size: int) -> str:
    """Name a small copy of the cover `cover-1a2b3c4d.jpg`: `icon-512-1a2b3c4d.jpg`."""
    digest = cover.removeprefix("cover-").partition(".")[0]
    return f"icon-{size}-{digest}.{ICON_SIZES[size]}"


def draw_icons(content: bytes, cover: str) -> dict[str, bytes]:
    """Draw the small copies of a cover, by name; none of what is no picture."""
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(content)) as picture:
            whole = picture.convert("RGB")
    except (UnidentifiedImageError, OSError, SyntaxError):
        return {}

    icons: dict[str, bytes] = {}
    for size, ending in ICON_SIZES.items():
        small = whole.resize((size, size), Image.Resampling.LANCZOS, reducing_gap=3)
        data = io.BytesIO()
        if ending == "png":
            small.quantize(128).save(data, "PNG", optimize=True)
        else:
            small.save(data, "JPEG", quality=84, optimize=True)
        icons[icon_name(cover, size)] = data.getvalue()
    return icons


def draw_small_art(content: bytes, size: int = 320) -> bytes:
    """Draw an episode's art in the size that pages show, as a JPEG."""
    from PIL import Image

    with Image.open(io.BytesIO(content)) as picture:
        picture.draft("RGB", (2 * size, 2 * size))
        small = picture.convert("RGB").resize((size, size), Image.Resampling.LANCZOS)
    data = io.BytesIO()
    small.save(data, "JPEG", quality=84, optimize=True)
    return data.getvalue()


def list_cover_faults(content: bytes, name: str) -> Iterator[tuple[str, str]]:
    """List what directories refuse a cover for, each fault with the rule it breaks."""
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(content)) as picture:
            picture.load()
    except (UnidentifiedImageError, OSError, SyntaxError) as error:
        yield f"the cover is not a whole picture: {error}", "J1"
        return
    kinds = {"jpg": "JPEG", "jpeg": "JPEG", "png": "PNG"}
    if kinds.get(name.rpartition(".")[2].lower()) != picture.format:
        yield f"the cover is a {picture.format}, which its name does not say", "J1"
    width, height = picture.size
    if width != height or not 1400 <= width <= 3000:
        yield (
            f"the cover is {width} x {height} pixels; a square of 1400 to 3000 is wanted",
            "J2",
        )
    if picture.mode != "RGB":
        yield f"the cover's colours are {picture.mode}; RGB is wanted", "J3"


def draw_cover(title: str, path: Path, size: int = 3000) -> None:
    """Draw a JPEG of `size` x `size` pixels, RGB, below 512 kB.

    The title alone: apps print the author beside the cover, and at 55 pixels, as lists show it,
    nobody could read a second line. The same title gives the same picture.

    Apple asks for a square of 1400 to 3000 pixels in RGB; other sizes raise ValueError.
    """
    if not 1400 <= size <= 3000:
        raise ValueError(f"cover art is 1400 to 3000 pixels wide, not {size}")
    write_atomic(path, _jpeg(_draw(title, size)))


def draw_art(show: str, day: str, headlines: Sequence[str], size: int = 1400) -> bytes:
    """An episode's art as a JPEG: the show's ground, the day, and its first headlines.

    The day can be read in a list of episodes, the headlines on the screen of one. The same
    words give the same bytes; without a headline that can be drawn, there is none: b"".
    """
    from PIL import ImageDraw

    shown = _choose_headlines(headlines)
    if not shown:
        return b""

    picture, _, wave, ink = _ground(show, size, strength=0.35)
    draw = ImageDraw.Draw(picture)
    margin = size * 0.085
    width = size - 2 * margin
    small = _font(round(size * 0.05), bold=False)
    draw.text((margin, margin * 0.8), _shorten_line(show, small, width), font=small, fill=wave)

    top = margin * 0.8 + size * 0.065
    lines, font, leading = _fit_title(day, width, size * 0.2)
    for line in lines:
        draw.text((margin, top), line, font=font, fill=ink)
        top += leading
    top += size * 0.05

    indent = margin + size * 0.035
    broken, points = _fit_headlines(shown, size - margin - indent, size * 0.93 - top, size)
    for lines in broken:
        bottom = top + points * _HEADLINE_LEADING * len(lines)
        draw.rectangle((margin, top + points * 0.12, margin + size * 0.008, bottom), fill=wave)
        for line in lines:
            draw.text((indent, top), line, font=_font(points), fill=ink)
            top += points * _HEADLINE_LEADING
        top += points * _HEADLINE_GAP
    return _jpeg(picture)


def _shorten_line(text: str, font: FreeTypeFont, width: float) -> str:
    """The text as it can be drawn in one line, with an ellipsis where it is longer."""
    lines = _wrap(_break_words(_drawable(text, font).split(), font, width), font, width)
    return "".join(_cut_lines(lines, 1, font, width))


def _choose_headlines(headlines: Sequence[str]) -> list[str]:
    """The first headlines that can be drawn, none longer than 90 characters."""
    shown: list[str] = []
    for headline in headlines:
        line = _drawable(headline, _font(40, bold=True))
        if len(line) > 90:
            line = line[:89].rstrip() + "…"
        if line:
            shown.append(line)
    return shown[:_MOST_HEADLINES]


def _fit_headlines(
    headlines: Sequence[str], width: float, height: float, size: int
) -> tuple[list[list[str]], int]:
    """Headlines broken into lines, at the largest size at which they fit; and that size.

    As many of them as have letters that can be read.
    """
    smallest = round(size * 0.045)
    for count in range(len(headlines), 0, -1):
        for points in range(round(size * 0.07), smallest, -2):
            font = _font(points)
            broken = [_wrap(line.split(), font, width) for line in headlines[:count]]
            if _headlines_fit(broken, font, width, height):
                return broken, points

    font = _font(smallest)
    words = _break_words(headlines[0].split(), font, width)
    most = int(height // (smallest * _HEADLINE_LEADING))
    return [_cut_lines(_wrap(words, font, width), most, font, width)], smallest


def _headlines_fit(
    broken: list[list[str]], font: FreeTypeFont, width: float, height: float
) -> bool:
    rows = _HEADLINE_LEADING * sum(map(len, broken)) + _HEADLINE_GAP * (len(broken) - 1)
    is_inside = all(font.getlength(line) <= width for lines in broken for line in lines)
    return font.size * rows <= height and is_inside


def _jpeg(picture: Image) -> bytes:
    for quality in (92, 86, 78, 68, 55, 40):
        data = io.BytesIO()
        picture.save(data, "JPEG", quality=quality, optimize=True, subsampling=0)
        if data.tell() < HEAVIEST:
            break
    return data.getvalue()


def _ground(title: str, size: int, strength: float = 1.0) -> tuple[Image, str, str, str]:
    """Rings on a colour that is the title's own; with it, those for marks and letters."""
    from PIL import Image, ImageDraw

    digest = hashlib.sha256(title.encode("utf-8", "replace")).digest()
    ground, wave, ink = PALETTES[digest[0] % len(PALETTES)]
    picture = Image.new("RGB", (size, size), ground)

    # Rings of sound leave a point in the corner that no lettering reaches; each is fainter than
    # the last.
    rings = 9
    centre = (size * (0.86 + digest[1] / 255 * 0.08), size * 0.98)
    mask = Image.new("L", (size * 2, size * 2), 0)
    brush = ImageDraw.Draw(mask)
    x, y = centre[0] * 2, centre[1] * 2
    step = size * 2 * (0.060 + digest[2] / 255 * 0.010)
    for ring in range(rings, 0, -1):
        radius = step * (ring + 0.55)
        width = step * (0.16 + 0.46 * digest[3 + ring] / 255)
        light = round(255 * strength * (1 - (ring - 1) / rings) ** 1.25)
        brush.ellipse(
            (x - radius, y - radius, x + radius, y + radius), outline=light, width=round(width)
        )
    core = step * 0.78
    brush.ellipse((x - core, y - core, x + core, y + core), fill=round(255 * strength))
    picture.paste(
        Image.new("RGB", (size, size), wave),
        mask=mask.resize((size, size), Image.Resampling.BOX),
    )
    return picture, ground, wave, ink


def _draw(title: str, size: int) -> Image:
    from PIL import ImageDraw

    picture, _, _, ink = _ground(title, size)
    margin = size * 0.085
    draw = ImageDraw.Draw(picture)
    lines, font, leading = _fit_title(title, size - 2 * margin, size * 0.5)
    top = margin * 0.9
    for line in lines:
        draw.text((margin, top), line, font=font, fill=ink)
        top += leading
    return picture


def _fit_title(
    title: str, width: float, height: float
) -> tuple[list[str], FreeTypeFont, float]:
    """The title in lines at the largest size that fits, its font, and the height of a line."""
    largest, readable, smallest = round(width * 0.34), round(width * 0.11), round(width * 0.06)
    text = _drawable(title, _font(smallest))
    if len(text) > LONGEST:
        text = text[:LONGEST].rstrip() + "…"
    words = text.split()

    for size in range(largest, smallest, -max(1, largest // 40)):
        font = _font(size)
        lines = _wrap(words, font, width)
        if _has_room(lines, font, width, height):
            return lines, font, size * _LEADING

        # A word that would make everything small is broken instead.
        broken = _wrap(_break_words(words, font, width), font, width)
        if size <= readable and _has_room(broken, font, width, height):
            return broken, font, size * _LEADING

    font, leading = _font(smallest), smallest * _LEADING
    lines = _wrap(_break_words(words, font, width), font, width)
    return _cut_lines(lines, int(height // leading), font, width), font, leading


def _has_room(lines: list[str], font: FreeTypeFont, width: float, height: float) -> bool:
    is_low = len(lines) * font.size * _LEADING <= height
    return is_low and all(font.getlength(line) <= width for line in lines)


def _break_words(words: list[str], font: FreeTypeFont, width: float) -> list[str]:
    """The words, those that are longer than a line in parts that fit one."""
    parts: list[str] = []
    for word in words:
        parts.append("")
        for letter in word:
            if font.getlength(parts[-1] + letter) > width:
                parts.append("")
            parts[-1] += letter
    return parts


def _cut_lines(lines: list[str], most: int, font: FreeTypeFont, width: float) -> list[str]:
    """At most so many lines; where some are left out, the last one ends in an ellipsis."""
    if len(lines) <= most:
        return lines
    last = lines[most - 1]
    while last and font.getlength(f"{last}…") > width:
        last = last[:-1]
    return [*lines[: most - 1], f"{last.rstrip()}…"]


def _wrap(words: list[str], font: FreeTypeFont, width: float) -> list[str]:
    lines: list[str] = []
    for word in words:
        if lines and font.getlength(joined := f"{lines[-1]} {word}") <= width:
            lines[-1] = joined
        else:
            lines.append(word)
    return lines


def _drawable(text: str, font: FreeTypeFont) -> str:
    """The text as the font can draw it.

    A letter that it lacks is drawn as Latin letters that say the same. What says nothing in
    Latin letters, such as an emoji, is left out, and a warning says so.
    """
    text = " ".join(text.split())[:1000]
    missing = bytes(font.getmask("\U0010fffe"))
    drawn: dict[str, str] = {" ": " "}
    for letter in set(text) - {" "}:
        drawn[letter] = letter if _has_glyph(letter, font, missing) else _spell_letter(letter)

    lost = sorted(
        {letter for letter, said in drawn.items() if not said and letter.isprintable()}
    )
    if lost:
        log.warning("art: nothing can be drawn for %s in %r", " ".join(lost), text[:80])
    return " ".join("".join(drawn[letter] for letter in text).split())


def _has_glyph(letter: str, font: FreeTypeFont, missing: bytes) -> bool:
    if not letter.isprintable() or 0xD800 <= ord(letter) < 0xE000:
        return False
    mask = bytes(font.getmask(letter))
    return bool(mask) and mask != missing


def _spell_letter(letter: str) -> str:
    """A letter in ASCII; empty for what has none: signs, emoji, control characters."""
    if 0xD800 <= ord(letter) < 0xE000 or unicodedata.category(letter) in (
        "So",
        "Cc",
        "Cf",
        "Co",
        "Cn",
    ):
        return ""
    plain = unicodedata.normalize("NFKC", letter)
    if plain.isascii():
        return plain if plain.isprintable() else ""

    from anyascii import anyascii  # 20 ms, and most titles never need it

    # It leaves out the most frequent letter of Arabic.
    return "a" if letter in "ا\u08ad" else str(anyascii(letter))


@lru_cache(maxsize=64)
def _font(size: int, bold: bool = True) -> FreeTypeFont:
    from PIL import ImageFont

    name = "SourceSerifPro-Semibold.ttf" if bold else "SourceSerifPro-Regular.ttf"
    file = resources.files("font_source_serif_pro") / "files" / name
    return ImageFont.truetype(
        io.BytesIO(file.read_bytes()), size, layout_engine=ImageFont.Layout.BASIC
    )
