"""Words of other scripts in Latin letters, and Latin letters without accents."""

from __future__ import annotations

import re
import unicodedata

_LATIN = str.maketrans(
    {
        "ø": "o",
        "Ø": "O",
        "ł": "l",
        "Ł": "L",
        "đ": "d",
        "Đ": "D",
        "ß": "ss",
        "æ": "ae",
        "Æ": "Ae",
        "œ": "oe",
        "Œ": "Oe",
        "ı": "i",
        "ð": "d",
        "Ð": "D",
        "þ": "th",
        "Þ": "Th",
        "ŋ": "ng",
    }
)
_NO_LETTER = re.compile(r"[^A-Za-z' -]+")


# At the end of a phrase `は` is said `wa`.
_TOPIC_MARK = re.compile(r"(?<=[\u3041-\u309f]{3})は$")


# Japanese words of the news in Chinese characters, which anyascii reads as Chinese ones.
#
# Reading any others needs a Japanese dictionary of some 50 MB.
_JAPANESE = dict(
    item.split("=")
    for item in (
        "日本=Nihon 東京=Tokyo 京都=Kyoto 大阪=Osaka 横浜=Yokohama 名古屋=Nagoya 札幌=Sapporo "
        "神戸=Kobe 福岡=Fukuoka 広島=Hiroshima 長崎=Nagasaki 福島=Fukushima 仙台=Sendai "
        "沖縄=Okinawa 北海道=Hokkaido 新宿=Shinjuku 渋谷=Shibuya 秋葉原=Akihabara 銀座=Ginza "
        "奈良=Nara 富士山=Fujisan 田中=Tanaka 鈴木=Suzuki 佐藤=Sato 高橋=Takahashi 渡辺=Watanabe "
        "伊藤=Ito 山本=Yamamoto 中村=Nakamura 小林=Kobayashi 加藤=Kato 吉田=Yoshida 山田=Yamada "
        "安倍=Abe 岸田=Kishida 石破=Ishiba 高市=Takaichi 任天堂=Nintendo 三菱=Mitsubishi "
        "豊田=Toyoda 本田=Honda 日産=Nissan 漢字=kanji 寿司=sushi 津波=tsunami 俳句=haiku "
        "相撲=sumo 着物=kimono 侍=samurai 忍者=ninja 漫画=manga 改善=kaizen 侘寂=wabi-sabi 禅=zen"
    ).split()
)
_JAPANESE_WORD = re.compile("|".join(sorted(_JAPANESE, key=len, reverse=True)))


def romanize(letters: str) -> str:
    """A run of other letters in ASCII letters: `é` as `e`, `Правда` as `Pravda`."""
    parts = unicodedata.normalize("NFKD", letters.translate(_LATIN))
    plain = "".join(part for part in parts if not unicodedata.combining(part))
    if plain.isascii():
        return plain

    letters = _JAPANESE_WORD.sub(lambda word: f"{_JAPANESE[word[0]]} ", letters).strip()
    if letters.isascii():
        return letters

    from anyascii import anyascii  # 20 ms, and most text never needs it

    said = _NO_LETTER.sub(" ", anyascii(_TOPIC_MARK.sub("わ", letters))).strip()
    # Each Chinese or Korean character comes with a capital of its own: they are syllables of
    # one word.
    if any(unicodedata.name(letter, "").startswith(("CJK", "HANGUL")) for letter in letters):
        said = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", said).capitalize()
    return said or " "
