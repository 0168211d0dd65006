"""Stage 3: a script becomes takes that are kept, checked and timed."""

from __future__ import annotations

import array
import datetime as dt
import json
import logging
import math
import pickle
import threading
import wave
from collections.abc import Callable, Mapping
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from podcast.errors import SpeakError
from podcast.language.english.spelling import verbalize
from podcast.model import (
    Cast,
    DurationMs,
    Script,
    ScriptChapter,
    Sound,
    Take,
    Turn,
    Usd,
    Voice,
    Word,
)
from podcast.speak import Engine, plan_takes, speak_script
from podcast.speak.engines.silence import SilenceEngine
from podcast.speak.lexicon import Lexicon
from podcast.speak.passages import split
from podcast.speak.take_cache import TakeCache, take_key
from podcast.speak.take_checks import fault_of
from podcast.speak.word_times import align

ADA = Voice("ada", "Ada", "", "feminine", "american", 160, "Calm.", {"tone": "1"})
BOB = Voice("bob", "Bob", "", "masculine", "american", 150, "Keen.", {"tone": "2"})
CAST = Cast({"Ada Byron": ADA, "Bob Stone": BOB}, "Ada Byron")
NO_WORDS = Lexicon({})
RATE = 8_000


def tone(seconds: float, amplitude: float = 0.3) -> bytes:
    """A tone that fades at its ends, as speech does; above an amplitude of 1 it is clipped."""
    count = int(seconds * RATE)
    fade = RATE // 20
    waves = (
        min(1.0, n / fade, (count - n) / fade) * amplitude * math.sin(n * 0.3)
        for n in range(count)
    )
    return array.array(
        "h", (int(32767 * max(-1.0, min(1.0, value))) for value in waves)
    ).tobytes()


def silence(seconds: float) -> bytes:
    return bytes(2 * int(seconds * RATE))


@dataclass
class ToneEngine:
    """Answers with a tone as long as the text asks for, or with what `answers` says for an attempt."""

    limit: int = 10_000
    answers: Callable[[str, int], Sound | None] = lambda text, attempt: None
    identities: Mapping[str, str] = field(default_factory=lambda: {"model": "1"})
    calls: list[tuple[str, str, int]] = field(default_factory=list)
    name: str = "tone"
    jobs: int = 2
    audible: bool = True

    def identity(self, voice: Voice) -> Mapping[str, str]:
        return self.identities

    def say(self, text: str, voice: Voice, attempt: int = 0) -> Sound:
        self.calls.append((text, voice.id, attempt))
        return self.answers(text, attempt) or Sound(
            tone(len(text) * 10 / voice.pace), RATE, cost=Usd(0.01)
        )

    def price(self, text: str, voice: Voice) -> Usd | None:
        return Usd(0.001 * len(text))


def script(*turns: tuple[str, str]) -> Script:
    items = tuple(Turn(name, text, line=10 + n) for n, (name, text) in enumerate(turns))
    return Script("A day", dt.date(2024, 5, 22), (ScriptChapter("All", items),))


TURNS = script(
    ("Ada Byron", "Good evening, and welcome. We have 3 stories tonight."),
    ("Bob Stone", "The first is about a harbor that listens to its ships."),
    ("Ada Byron", "The second one is shorter."),
)


@pytest.fixture
def cache(tmp_path: Path) -> TakeCache:
    return TakeCache(tmp_path / "takes")


def spoken(
    engine: Engine,
    cache: TakeCache,
    what: Script = TURNS,
    cast: Cast = CAST,
    lexicon: Lexicon = NO_WORDS,
    executor: Executor | None = None,
) -> list[Take]:
    with executor or ThreadPoolExecutor(2) as pool:
        return list(speak_script(what, cast, engine, cache, lexicon, pool))


# --- order, cache, key ----------------------------------------------------------------------------


def test_takes_come_in_the_order_of_the_script(cache: TakeCache) -> None:
    """One take for each turn, in order, of the speaker's voice, on disk as counted."""
    takes = spoken(ToneEngine(), cache)
    assert [take.turn for take in takes] == list(TURNS.turns)
    assert [take.voice.id for take in takes] == ["ada", "bob", "ada"]
    for take in takes:
        with wave.open(str(take.path)) as file:
            assert (file.getnchannels(), file.getsampwidth()) == (1, 2)
            assert (file.getnframes(), file.getframerate()) == (take.frames, take.rate)
        assert not take.cached
        assert take.attempts == 1
        assert take.cost == Usd(0.01)


def test_progress_is_told_with_each_take(cache: TakeCache) -> None:
    """`on_take` hears of every take, how many are done and of how many."""
    heard: list[tuple[int, int, str]] = []
    with ThreadPoolExecutor(2) as pool:
        on_take = lambda done, total, take: heard.append((done, total, take.turn.speaker))  # noqa: E731
        list(speak_script(TURNS, CAST, ToneEngine(), cache, NO_WORDS, pool, on_take))
    assert heard == [(1, 3, "Ada Byron"), (2, 3, "Bob Stone"), (3, 3, "Ada Byron")]


def test_nothing_is_spoken_twice(cache: TakeCache) -> None:
    """A second run asks the engine nothing and gives the same takes."""
    first = spoken(ToneEngine(), cache)
    engine = ToneEngine()
    second = spoken(engine, cache)
    assert engine.calls == []
    assert all(take.cached for take in second)
    assert [replace(take, cached=False) for take in second] == first


def test_an_edited_line_is_spoken_alone(cache: TakeCache) -> None:
    """Changing one turn's words speaks that turn and no other."""
    spoken(ToneEngine(), cache)
    turns = [(t.speaker, t.text) for t in TURNS.turns]
    turns[1] = ("Bob Stone", "The first is about a kettle.")
    engine = ToneEngine()
    takes = spoken(engine, cache, script(*turns))
    assert [text for text, _, _ in engine.calls] == ["The first is about a kettle."]
    assert [take.cached for take in takes] == [True, False, True]


@pytest.mark.parametrize(
    "change",
    [
        {"voice": replace(ADA, id="eve")},
        {"voice": replace(ADA, pace=161)},
        {"voice": replace(ADA, manner="Grave.")},
        {"text": "Other words."},
        {"engine": "other"},
        {"identity": {"model": "2"}},
    ],
)
def test_whatever_shapes_the_sound_is_in_the_key(change: dict[str, object]) -> None:
    """Text, voice, pace, manner, engine and what the engine says of itself each make another take."""
    same = {
        "text": "The same words.",
        "voice": ADA,
        "engine": "tone",
        "identity": {"model": "1"},
    }
    assert take_key(**same) == take_key(**same)  # type: ignore[arg-type]
    assert take_key(**(same | change)) != take_key(**same)  # type: ignore[arg-type]


def test_what_does_not_shape_the_sound_is_not_in_the_key() -> None:
    """A voice's name and description may change and its takes stay."""
    other = replace(ADA, name="Adele", description="Another.", accent="british")
    assert take_key("Words.", ADA, "tone", {}) == take_key("Words.", other, "tone", {})


def test_the_same_words_in_one_voice_are_spoken_once(cache: TakeCache) -> None:
    """A repeated line is spoken and paid for once; in another voice it is another take."""
    engine = ToneEngine()
    line = "Back to you."
    takes = spoken(
        engine, cache, script(("Ada Byron", line), ("Bob Stone", line), ("Ada Byron", line))
    )
    assert sorted(engine.calls) == [(line, "ada", 0), (line, "bob", 0)]
    assert takes[0].path == takes[2].path
    assert [take.cached for take in takes] == [False, False, True]
    assert [take.cost for take in takes] == [0.01, 0.01, 0.0]


def test_the_plan_tells_what_speaking_would_take(cache: TakeCache) -> None:
    """Key, price and what is there already, for each turn; nothing is spoken or written."""
    engine = ToneEngine()
    planned = plan_takes(TURNS, CAST, engine, NO_WORDS, cache)
    assert engine.calls == []
    assert not cache.folder.exists()
    assert [p.cached for p in planned] == [False, False, False]
    assert planned[2].price == pytest.approx(0.001 * len(TURNS.turns[2].text))
    takes = spoken(engine, cache)
    assert [take.key for take in takes] == [p.key for p in planned]
    again = plan_takes(TURNS, CAST, engine, NO_WORDS, cache)
    assert [(p.cached, p.price) for p in again] == [(True, 0.0)] * 3


def test_the_plan_counts_a_repeated_line_once(cache: TakeCache) -> None:
    """What an earlier turn of the script will have spoken costs nothing again."""
    planned = plan_takes(
        script(("Ada Byron", "Yes."), ("Ada Byron", "Yes.")),
        CAST,
        ToneEngine(),
        NO_WORDS,
        cache,
    )
    assert [p.cached for p in planned] == [False, True]
    assert planned[1].price == 0.0


def test_text_is_respelt_and_spelt_out_first(cache: TakeCache) -> None:
    """The engine hears the lexicon's respelling and no figures."""
    engine = ToneEngine()
    lexicon = Lexicon({"arXiv": "archive"})
    spoken(engine, cache, script(("Ada Byron", "We read 3 papers on arXiv.")), lexicon=lexicon)
    assert engine.calls[0][0] == "We read three papers on archive."


# --- failure --------------------------------------------------------------------------------------


def test_a_failure_names_the_turn_and_keeps_the_rest(cache: TakeCache) -> None:
    """Takes spoken before and beside the one that failed are not spoken again."""

    def answers(text: str, attempt: int) -> Sound | None:
        if text.startswith("The second"):
            raise SpeakError("the service is not there")
        return None

    what = script(
        *((t.speaker, t.text) for t in TURNS.turns), ("Bob Stone", "And that was the last.")
    )
    with pytest.raises(
        SpeakError, match=r"turn 3 \(Ada Byron\), line 12 .*: the service is not there"
    ):
        spoken(ToneEngine(answers=answers), cache, what)
    engine = ToneEngine()
    takes = spoken(engine, cache, what)
    assert [take.cached for take in takes][:3] == [True, True, False]
    assert ("The second one is shorter.", "ada", 0) in engine.calls
    assert len(engine.calls) <= 2


def test_passages_in_flight_are_finished_when_one_fails(cache: TakeCache) -> None:
    """What is being spoken at the moment of a failure is kept before the error is raised."""
    failing, slow = threading.Event(), threading.Event()

    def answers(text: str, attempt: int) -> Sound | None:
        if text.startswith("Fail"):
            assert slow.wait(10)
            failing.set()
            raise SpeakError("no")
        slow.set()
        assert failing.wait(10)
        return None

    what = script(("Ada Byron", "Fail at once."), ("Bob Stone", "This one takes its time."))
    with ThreadPoolExecutor(2) as pool:
        with pytest.raises(SpeakError):
            list(speak_script(what, CAST, ToneEngine(answers=answers), cache, NO_WORDS, pool))
        assert [p.cached for p in plan_takes(what, CAST, ToneEngine(), NO_WORDS, cache)] == [
            False,
            True,
        ]


def test_a_consumer_that_stops_leaves_nothing_running(cache: TakeCache) -> None:
    """Closing the iterator ends the work ahead; only what was being spoken is finished."""
    what = script(*(("Ada Byron", f"Line number {n}.") for n in range(100)))
    engine = ToneEngine()
    with ThreadPoolExecutor(2) as pool:
        takes = speak_script(what, CAST, engine, cache, NO_WORDS, pool)
        next(takes)
        takes.close()  # type: ignore[attr-defined]
    assert len(engine.calls) < 30


def test_work_is_handed_out_as_it_is_needed(cache: TakeCache) -> None:
    """However long the script, only a few passages wait in the executor."""
    waiting: list[int] = []

    class Counting(ThreadPoolExecutor):
        def submit(self, *args, **kwargs):  # type: ignore[no-untyped-def]
            waiting.append(self._work_queue.qsize())
            return super().submit(*args, **kwargs)

    what = script(*(("Ada Byron", f"Line number {n}.") for n in range(60)))
    spoken(SilenceEngine(), cache, what, executor=Counting(1))
    assert len(waiting) == 60
    assert max(waiting) <= 8


def test_a_speaker_without_a_voice_is_named(cache: TakeCache) -> None:
    """A name that the cast does not have stops before anything is spoken, with the script's line."""
    engine = ToneEngine()
    what = script(("Ada Byron", "Hello."), ("Eve Moss", "Hi."))
    with pytest.raises(SpeakError, match=r"turn 2 \(Eve Moss\), line 11 of the script"):
        spoken(engine, cache, what)
    assert engine.calls == []


def test_a_turn_without_words_is_named(cache: TakeCache) -> None:
    """A turn of nothing but dots cannot be spoken, and the message says which."""
    with pytest.raises(SpeakError, match=r"turn 1 \(Ada Byron\).*nothing to say"):
        spoken(ToneEngine(), cache, script(("Ada Byron", "...")))


def test_a_bad_take_is_spoken_again(cache: TakeCache) -> None:
    """A take that fails its checks is retaken; every attempt is told to the engine and paid for."""

    def answers(text: str, attempt: int) -> Sound | None:
        return Sound(b"", RATE, cost=Usd(0.5)) if attempt < 2 else None

    engine = ToneEngine(answers=answers)
    (take,) = spoken(engine, cache, script(("Ada Byron", "Say it well.")))
    assert [attempt for _, _, attempt in engine.calls] == [0, 1, 2]
    assert take.attempts == 3
    assert take.cost == pytest.approx(1.01)


def test_a_take_that_stays_bad_stops_the_episode(cache: TakeCache) -> None:
    """After three attempts the turn is given up with the reason, and nothing bad is kept."""
    engine = ToneEngine(answers=lambda text, attempt: Sound(silence(2), RATE))
    what = script(("Ada Byron", "Say it well, will you?"))
    with pytest.raises(SpeakError, match=r"turn 1 \(Ada Byron\).*the audio is silent"):
        spoken(engine, cache, what)
    assert len(engine.calls) == 3
    assert not plan_takes(what, CAST, engine, NO_WORDS, cache)[0].cached


# --- pieces ---------------------------------------------------------------------------------------


def test_a_long_turn_is_spoken_in_pieces(cache: TakeCache) -> None:
    """No passage is over the engine's limit, all words are said, and the take is their sum."""
    text = " ".join(
        f"This is sentence {word} of the turn." for word in ("one", "two", "three", "four")
    )
    engine = ToneEngine(limit=70)
    (take,) = spoken(engine, cache, script(("Ada Byron", text)))
    passages = [text for text, _, _ in engine.calls]
    assert len(passages) == 2
    assert " ".join(passages) == verbalize(text)
    assert take.frames == sum(len(tone(len(p) * 10 / ADA.pace)) // 2 for p in passages)


def test_only_the_bad_piece_is_spoken_again(cache: TakeCache) -> None:
    """A retake of a long turn repeats the passage that failed and no other."""

    def answers(text: str, attempt: int) -> Sound | None:
        return Sound(b"", RATE) if "two" in text and not attempt else None

    engine = ToneEngine(limit=40, answers=answers)
    (take,) = spoken(
        engine, cache, script(("Ada Byron", "This is sentence one. This is sentence two."))
    )
    assert [attempt for _, _, attempt in engine.calls] == [0, 0, 1]
    assert take.attempts == 2


@given(st.text(st.sampled_from("ab .,;é—"), min_size=1, max_size=200), st.integers(5, 60))
def test_splitting_loses_nothing(text: str, limit: int) -> None:
    """Passages keep to the limit and together hold every character but white space."""
    passages = split(text, limit)
    assert all(0 < len(passage) <= limit for passage in passages)
    assert "".join("".join(passages).split()) == "".join(text.split())


def test_splitting_prefers_sentences_then_clauses() -> None:
    """A cut falls after a sentence where it can, then after a comma, then between words."""
    assert split("One two. Three four. Five.", 20) == ["One two. Three four.", "Five."]
    assert split("One two three, four five six.", 20) == ["One two three,", "four five six."]
    assert split("One two three four five.", 12) == ["One two", "three four", "five."]


# --- processes ------------------------------------------------------------------------------------


def test_work_goes_to_other_processes(cache: TakeCache) -> None:
    """Work items pickle, so an executor may run them anywhere the cache is seen."""
    engine = SilenceEngine()
    assert pickle.loads(pickle.dumps(engine)) == engine
    takes = spoken(engine, cache, executor=ProcessPoolExecutor(1))
    assert [take.cached for take in takes] == [False, False, False]
    assert all(take.path.exists() for take in takes)


# --- the cache ------------------------------------------------------------------------------------


SOUND = Sound(tone(1), RATE, (Word("Hello.", DurationMs(10), DurationMs(900)),))


def test_a_kept_take_comes_back_as_it_was(cache: TakeCache) -> None:
    """Audio, words, cost and attempts survive."""
    put = cache.put("ab12", SOUND, Usd(0.25), 2)
    assert cache.find("ab12")
    assert cache.get("ab12") == put
    assert (put.frames, put.rate, put.words, put.cost, put.attempts) == (
        RATE,
        RATE,
        SOUND.words,
        0.25,
        2,
    )
    assert cache.get("cd34") is None


def truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-100])


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def reprice(path: Path) -> None:
    path.write_text(path.read_text().replace('"cost": 0.0', '"cost": 9.0'))


def outdate(path: Path) -> None:
    path.write_text(json.dumps(json.loads(path.read_text()) | {"version": 0}))


@pytest.mark.parametrize(
    ("suffix", "damage"),
    [
        (".wav", truncate),
        (".wav", flip),
        (".wav", Path.unlink),
        (".json", truncate),
        (".json", flip),
        (".json", reprice),
        (".json", outdate),
        (".json", lambda path: path.write_text("[]")),
        (".json", lambda path: path.write_bytes(b"\xff")),
    ],
)
def test_a_damaged_take_is_never_served(
    cache: TakeCache,
    suffix: str,
    damage: Callable[[Path], None],
    caplog: pytest.LogCaptureFixture,
) -> None:
    """What was cut short, changed or written by another version counts as absent, is said, and is mended."""
    path = cache.put("ab12", SOUND, Usd(0.0), 1).path
    damage(path.with_suffix(suffix))
    with caplog.at_level(logging.INFO):
        assert cache.get("ab12") is None
    assert "ab12" in caplog.text
    cache.put("ab12", SOUND, Usd(0.0), 1)
    assert cache.get("ab12")


def test_a_take_killed_before_its_sidecar_is_absent(cache: TakeCache) -> None:
    """Audio without its sidecar was never finished: it is not there, and that is no fault."""
    path = cache.put("ab12", SOUND, Usd(0.0), 1).path
    path.with_suffix(".json").unlink()
    assert not cache.find("ab12")
    assert cache.get("ab12") is None


# --- the checks -----------------------------------------------------------------------------------

TEXT = "This sentence takes about three seconds to say."


def test_a_sound_as_asked_for_passes() -> None:
    """Right length, no gap, no clip, a faded end: no fault."""
    assert fault_of(Sound(tone(3), RATE), TEXT, ADA) == ""


@pytest.mark.parametrize(
    ("samples", "fault"),
    [
        (b"", "no audio"),
        (silence(3), "silent"),
        (tone(0.5), "too short"),
        (tone(12), "too long"),
        (tone(1) + silence(1.7) + tone(1), "middle"),
        (silence(2.5) + tone(1.5), "end or start"),
        (tone(1.5) + silence(2.5), "end or start"),
        (tone(3, amplitude=3.0), "clipped"),
        (tone(4)[: 2 * 3 * RATE], "cut off"),
    ],
)
def test_a_sound_not_as_asked_for_is_found(samples: bytes, fault: str) -> None:
    """Each kind of fault is seen and named."""
    assert fault in fault_of(Sound(samples, RATE), TEXT, ADA)


def test_loud_is_not_clipped() -> None:
    """A peak at full scale alone is no fault."""
    assert fault_of(Sound(tone(3, amplitude=1.0), RATE), TEXT, ADA) == ""


def test_silence_is_right_for_an_engine_that_only_keeps_time() -> None:
    """An inaudible engine's sound is measured for its length alone."""
    assert fault_of(Sound(silence(3), RATE), TEXT, ADA, audible=False) == ""
    assert "too short" in fault_of(Sound(silence(0.2), RATE), TEXT, ADA, audible=False)


def test_other_words_are_found() -> None:
    """Where the engine says what it said, a passage with one word changed, added or left out fails.

    A spelling does not.
    """
    text = "we raised three million dollars in may, and we will say more when we can."
    right = "We raised $3 million in May and we'll say more when we can".replace(
        "we'll", "we will"
    )
    for transcript, fine in [
        (text, True),
        (right, True),
        ("We raised three million dollars in May.", False),
        (f"{text} {text}", False),
        (text.replace("three", "thirty"), False),
        (text.replace("we will say", "we will not say"), False),
        (text.replace("in may", "in may, at last"), False),
    ]:
        found = fault_of(Sound(tone(4), RATE, transcript=transcript), text, ADA)
        assert (found == "") is fine, transcript


# --- times ----------------------------------------------------------------------------------------


def timed(*words: tuple[str, int, int]) -> list[Word]:
    return [Word(text, DurationMs(start), DurationMs(end)) for text, start, end in words]


def test_printed_words_get_the_times_of_the_spoken() -> None:
    """A word keeps its time; a figure gets the time of the words that were said for it."""
    spoken_words = timed(
        ("They", 0, 200),
        ("raised", 200, 600),
        ("two", 650, 800),
        ("dollars", 800, 1200),
        ("today.", 1300, 1700),
    )
    words = align(["They", "raised", "$2", "today."], spoken_words, DurationMs(1800))
    assert words == tuple(
        timed(("They", 0, 200), ("raised", 200, 600), ("$2", 650, 1200), ("today.", 1300, 1700))
    )


def test_words_that_were_not_said_share_their_neighbours_time() -> None:
    """Brackets that are skipped aloud still have a place in the transcript."""
    words = align(
        ["Aloud", "(not)", "said."],
        timed(("Aloud", 0, 600), ("said", 700, 900)),
        DurationMs(1000),
    )
    assert [w.text for w in words] == ["Aloud", "(not)", "said."]
    assert words[0].start == 0
    assert words[1].end == 600
    assert words[2] == Word("said.", DurationMs(700), DurationMs(900))


def test_without_times_words_share_the_take_by_length() -> None:
    """An engine that times nothing gets an estimate that fills the take."""
    words = align(["Hi", "everyone"], [], DurationMs(1000))
    assert words == tuple(timed(("Hi", 0, 200), ("everyone", 200, 1000)))


WORDS = st.lists(
    st.sampled_from(["a", "b", "c", "$5", "five", "dollars", "—"]), min_size=1, max_size=12
)


@given(WORDS, WORDS, st.booleans(), st.lists(st.integers(0, 400), min_size=24, max_size=24))
def test_every_printed_word_has_a_time_inside_the_take(
    printed: list[str], said: list[str], has_times: bool, steps: list[int]
) -> None:
    """Whatever was said: every printed word, ascending, within the take."""
    marks = [sum(steps[:n]) for n in range(2 * len(said) + 1)]
    spoken_words = timed(*((w, marks[2 * n], marks[2 * n + 1]) for n, w in enumerate(said)))
    duration = DurationMs(marks[-1] * 2 // 3)
    words = align(printed, spoken_words if has_times else [], duration)
    assert [word.text for word in words] == printed
    edges = [edge for word in words for edge in (word.start, word.end)]
    assert edges == sorted(edges)
    assert edges[0] >= 0
    assert edges[-1] <= duration


def test_takes_are_timed_as_printed(cache: TakeCache) -> None:
    """A take's words are the script's own, also where the engine was given others."""
    (take,) = spoken(
        SilenceEngine(), cache, script(("Ada Byron", "It cost $125 million in 2024, they say."))
    )
    assert [word.text for word in take.words] == take.turn.text.split()
    assert take.words[-1].end <= take.duration
    money, unit = take.words[2:4]
    assert (unit.end - money.start) > 3 * (take.words[1].end - take.words[1].start)
