"""OpenAI's voices against the stand-in: what is said, what goes wrong, what is kept."""

from __future__ import annotations

import datetime as dt
import logging
import pickle
import re
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from podcast.errors import BudgetError, ModelGoneError, SpeakError
from podcast.model import Cast, Script, ScriptChapter, Take, Turn, Usd, Voice
from podcast.services.openai_client import Service
from podcast.services.prices import Budget
from podcast.speak import Engine, plan_takes, speak_script
from podcast.speak.engines.openai_realtime import OpenAIRealtimeEngine
from podcast.speak.engines.openai_speech import OpenAISpeechEngine
from podcast.speak.lexicon import Lexicon
from podcast.speak.take_cache import TakeCache
from podcast.speak.take_checks import fault_of
from tests.standin import StandIn

SECRET = "sk-proj-never-to-be-seen-0451"
IRENE = Voice(
    "irene",
    "Irene",
    "",
    "feminine",
    "british",
    150,
    "Calm.",
    {"openai": "coral", "openai-realtime": "marin"},
)
TOMAS = Voice(
    "tomas",
    "Tomas",
    "",
    "masculine",
    "british",
    150,
    "Keen.",
    {"openai": "echo", "openai-realtime": "cedar"},
)
CAST = Cast({"Irene Falk": IRENE, "Tomas Okoye": TOMAS}, "Irene Falk")
TEXT = "Three harbours put microphones under their quays, and for fourteen months they recorded what passes."
KINDS = {"openai": OpenAISpeechEngine, "openai-realtime": OpenAIRealtimeEngine}


def key() -> str:
    return SECRET


def no_key() -> str:
    return ""


@pytest.fixture
def service() -> Iterator[StandIn]:
    with StandIn(key=SECRET) as standin:
        yield standin


@pytest.fixture(params=KINDS)
def engine(request: pytest.FixtureRequest, service: StandIn) -> Engine:
    return open_engine(request.param, service)


def open_engine(
    name: str,
    service: StandIn,
    budget: Budget | None = None,
    model: str = "",
    timeout: float = 5.0,
) -> Engine:
    """An engine that loses patience soon."""
    reach = Service(key, service.url, timeout=timeout, patience=2.0, pause=0.02)
    made: Engine = KINDS[name](reach, *([model] if model else []), budget=budget, jobs=4)
    return made


def calls(service: StandIn) -> int:
    return len(service.asked("speech")) + len(service.asked("realtime"))


def script(count: int) -> Script:
    """Turns of two people, all different."""
    items = tuple(
        Turn(
            ("Irene Falk", "Tomas Okoye")[n % 2], f"Passage {chr(97 + n)}: {TEXT}", line=10 + n
        )
        for n in range(count)
    )
    return Script("A day", dt.date(2024, 6, 3), (ScriptChapter("All", items),))


def spoken(engine: Engine, folder: Path, what: Script) -> list[Take]:
    with ThreadPoolExecutor(engine.jobs) as executor:
        return list(speak_script(what, CAST, engine, TakeCache(folder), Lexicon({}), executor))


# --- what every engine keeps ----------------------------------------------------------------------


def test_what_is_said_passes_the_checks(engine: Engine, service: StandIn) -> None:
    """PCM of 16 bits without fault, of the voice and in the manner asked for, at the cost of the bill."""
    sound = engine.say(TEXT, IRENE)
    assert fault_of(sound, TEXT, IRENE) == ""
    assert sound.rate == 24_000
    assert sound.cost == pytest.approx(service.bill.total)
    (call,) = service.asked("speech") + service.asked("realtime")
    assert (call.text, call.voice) == (TEXT, IRENE.engines[engine.name])
    assert "Calm." in call.instructions


def test_the_price_told_before_is_the_bill(
    engine: Engine, service: StandIn, tmp_path: Path
) -> None:
    """The estimate for a script is within 15% of what is charged."""
    planned = plan_takes(script(12), CAST, engine, Lexicon({}), TakeCache(tmp_path))
    told = sum(take.price or 0.0 for take in planned)
    takes = spoken(engine, tmp_path, script(12))
    assert told == pytest.approx(service.bill.total, rel=0.15)
    assert sum(take.cost for take in takes) == pytest.approx(service.bill.total)


def test_asking_who_it_is_asks_nobody(engine: Engine, service: StandIn) -> None:
    """Identity and price need no service; both tell voices apart."""
    assert engine.identity(IRENE) != engine.identity(TOMAS)
    assert engine.price(TEXT, IRENE)
    assert service.calls == []


def test_an_engine_pickles_without_the_key(engine: Engine) -> None:
    """What goes to another process or machine works there, and does not carry the key."""
    pickled = pickle.dumps(engine)
    assert SECRET.encode() not in pickled
    assert pickle.loads(pickled).say(TEXT, IRENE).samples == engine.say(TEXT, IRENE).samples


def test_a_voice_without_an_id_gets_one_of_the_engines_own(engine: Engine) -> None:
    """It speaks, always in the same voice, and one that presents as the Voice does."""
    voice = Voice("x", "X", "", "masculine", "", 150, "", {"kokoro": "af_heart"})
    chosen = engine.identity(voice)["voice"]
    assert chosen == engine.identity(voice)["voice"]
    assert chosen not in ("nova", "marin", "shimmer", "coral")
    assert engine.say(TEXT, voice).samples


def test_passages_are_spoken_at_once_within_the_bound(
    engine: Engine, service: StandIn, tmp_path: Path
) -> None:
    """As many calls are under way as the engine's jobs, and never more."""
    service.delay = 0.1
    spoken(engine, tmp_path, script(12))
    assert service.busiest == engine.jobs == 4


def test_long_turns_are_spoken_within_the_limit(
    engine: Engine, service: StandIn, tmp_path: Path
) -> None:
    """A turn beyond the limit becomes several calls, and no word is lost."""
    long = " ".join(f"{TEXT} Passage {chr(97 + n)}." for n in range(16))
    items = (Turn("Irene Falk", long),)
    (take,) = spoken(
        engine, tmp_path, Script("A", dt.date(2024, 6, 3), (ScriptChapter("All", items),))
    )
    texts = [call.text for call in service.asked("speech") + service.asked("realtime")]
    assert len(texts) > 1
    assert max(map(len, texts)) <= engine.limit
    assert sum(len(text.split()) for text in texts) == len(long.split())
    assert take.cost == pytest.approx(service.bill.total)


# --- what goes wrong ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "kind", ["429", "500", "hang", "cut", "truncated", "reset", "odd", "empty"]
)
def test_what_passes_is_asked_again(engine: Engine, service: StandIn, kind: str) -> None:
    """A fault that may pass costs a second call, and the sound is whole."""
    if kind == "hang":
        engine = open_engine(engine.name, service, timeout=0.4)
    service.misbehave(kind, on="harbours")
    sound = engine.say(TEXT, IRENE)
    assert fault_of(sound, TEXT, IRENE) == ""
    assert calls(service) == 2
    assert sound.cost == pytest.approx(service.bill.total)


LINES = {
    "401": r"^127.0.0.1:\d+ refuses the key. Check the environment variable OPENAI_API_KEY$",
    "403": r"^this key may not use \S+ at 127.0.0.1:\d+. Allow it in the key's project",
    "404": r"^127.0.0.1:\d+ does not have the model \S+, or not any more\W.*engine",
    "429": r"^127.0.0.1:\d+ limits the rate of calls, 6 times over. Run again later: what was made is kept$",
    "quota": r"^the account at 127.0.0.1:\d+ has no credit left. Add some, then run again$",
    "500": r"^127.0.0.1:\d+ failed with status 500, 6 times over. Run again later: what was made is kept$",
    "hang": r"^no answer from 127.0.0.1:\d+ within 0.4 s, \d times over. Run again later",
    "cut": r"^the connection to \S+ failed \(.+\), 6 times over. Check the network and the address$",
    "reset": r"^the connection to \S+ failed \(.+\), 6 times over. Check the network and the address$",
    "truncated": r"^the service broke off in the middle of the audio.*, 6 times over. Run again later",
    "odd": r"^the service broke off within a sample, 6 times over. Run again later",
    "empty": r"^the service answered with no audio, 6 times over. Run again later",
}
"""Misbehaviour that does not end, and the line that the user sees."""


@pytest.mark.parametrize("kind", LINES)
def test_what_stays_is_told_in_one_line(engine: Engine, service: StandIn, kind: str) -> None:
    """What happened and the remedy, without the key, in bounded time."""
    if kind == "hang":
        engine = open_engine(engine.name, service, timeout=0.4)
    at_the_door = kind in ("401", "403") and engine.name == "openai-realtime"
    service.misbehave(kind, on="" if at_the_door else "harbours", times=-1)
    started = time.monotonic()
    with pytest.raises(SpeakError) as caught:
        engine.say(TEXT, IRENE)
    assert re.search(LINES[kind], str(caught.value)), str(caught.value)
    assert SECRET not in str(caught.value)
    assert "\n" not in str(caught.value)
    assert caught.value.__cause__ is None
    assert time.monotonic() - started < 12


@pytest.mark.parametrize("kind", ["short", "hang", "500", "filtered", "reworded"])
def test_the_turn_is_named_and_the_rest_is_kept(
    service: StandIn, tmp_path: Path, kind: str
) -> None:
    """One passage that cannot be had costs no other: the next run pays for that one alone."""
    engine = open_engine("openai-realtime", service, timeout=1.0)
    service.misbehave(kind, on="Passage c", times=-1)
    with pytest.raises(SpeakError, match=r"^turn 3 \(Irene Falk\), line 12 of the script: "):
        spoken(engine, tmp_path, script(5))
    service.behave()
    before = calls(service)
    takes = spoken(engine, tmp_path, script(5))
    assert calls(service) - before == 1
    assert [take.cached for take in takes] == [True, True, False, True, True]


def test_a_key_that_is_not_set_is_named(service: StandIn) -> None:
    """The environment variable is told before anything is asked."""
    for make in KINDS.values():
        with pytest.raises(
            SpeakError, match=r"there is no key. Set the environment variable OPENAI_API_KEY"
        ):
            make(Service(no_key, service.url)).say(TEXT, IRENE)
    assert service.calls == []


@pytest.mark.parametrize("kind", ["reworded", "number"])
def test_other_words_are_retaken(service: StandIn, tmp_path: Path, kind: str) -> None:
    """A passage said otherwise, be it by one number, is spoken again with a stricter word; both are paid."""
    engine = open_engine("openai-realtime", service)
    service.misbehave(kind, on="harbours")
    (take,) = spoken(engine, tmp_path, script(1))
    assert take.attempts == 2
    assert take.cost == pytest.approx(service.bill.total)
    first, second = service.asked("realtime")
    assert first.instructions != second.instructions


def test_other_words_are_never_published(service: StandIn, tmp_path: Path) -> None:
    """A passage that is said otherwise each time stops the episode, and says how it was said."""
    engine = open_engine("openai-realtime", service)
    service.misbehave("number", on="harbours", times=-1)
    with pytest.raises(
        SpeakError, match=r'the engine said other words: "eighty" for .*, 3 times over'
    ):
        spoken(engine, tmp_path, script(1))
    assert not list(tmp_path.rglob("*.wav"))
    assert len(service.asked("realtime")) == 3


# --- rates ----------------------------------------------------------------------------------------


def test_retry_after_is_obeyed_by_all(service: StandIn, tmp_path: Path) -> None:
    """When the service asks one call to wait, none starts before that time has passed."""
    engine = open_engine("openai", service)
    service.delay = 0.05
    service.misbehave("429", on="Passage e", retry_after=0.8)
    spoken(engine, tmp_path, script(12))
    told = next(call.at for call in service.calls if call.rule == "429")
    # Calls that were on their way when the answer came are not recalled.
    later = [call.at - told for call in service.calls if call.at > told + 0.1]
    assert later
    assert min(later) >= 0.75


def test_a_wait_beyond_patience_is_refused(service: StandIn) -> None:
    """A service that asks to wait for an hour is not waited for."""
    engine = open_engine("openai", service)
    service.misbehave("429", retry_after=3600)
    started = time.monotonic()
    with pytest.raises(
        SpeakError, match=r"limits the rate of calls and asks to wait 3600 s. Run again later"
    ):
        engine.say(TEXT, IRENE)
    assert time.monotonic() - started < 1


# --- the speech endpoint alone --------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["", "wav", "cut"])
def test_an_older_model_speaks_without_a_manner(service: StandIn, kind: str) -> None:
    """tts-1 takes no instructions and is charged by the character; WAV in place of PCM is read."""
    engine = open_engine("openai", service, model="tts-1")
    if kind:
        service.misbehave(kind, on="harbours")
    sound = engine.say(TEXT, IRENE)
    assert fault_of(sound, TEXT, IRENE) == ""
    assert service.calls[-1].instructions == ""
    assert sound.cost == engine.price(TEXT, IRENE) == pytest.approx(len(TEXT) * 15 / 1e6)


def test_mp3_is_refused(service: StandIn) -> None:
    """A server that answers with something else than was asked for is told of, not heard."""
    engine = open_engine("openai", service, model="tts-1")
    service.misbehave("mp3")
    with pytest.raises(SpeakError, match="answered with audio/mpeg where PCM was asked for"):
        engine.say(TEXT, IRENE)


def test_audio_that_ends_early_without_a_word_is_retaken(
    service: StandIn, tmp_path: Path
) -> None:
    """Where the service does not say that it broke off, the length does."""
    engine = open_engine("openai", service, model="tts-1")
    service.misbehave("short", on="harbours")
    (take,) = spoken(engine, tmp_path, script(1))
    assert take.attempts == 2


def test_a_server_of_ones_own_has_no_price(service: StandIn) -> None:
    """A model that the table does not know speaks, and its price is unknown."""
    engine = open_engine("openai", service, model="kokoro")
    assert engine.price(TEXT, IRENE) is None
    assert engine.say(TEXT, IRENE).cost == 0


def test_the_day_the_endpoint_stops(service: StandIn, tmp_path: Path) -> None:
    """A model that is gone is an error of its own kind, so that another engine can take over."""
    service.misbehave("404", times=-1)
    with pytest.raises(ModelGoneError, match=r'turn 1 .* Set engine = "openai-realtime"'):
        spoken(open_engine("openai", service), tmp_path, script(2))


# --- realtime alone -------------------------------------------------------------------------------


def test_sessions_are_used_again(service: StandIn, tmp_path: Path) -> None:
    """Twenty passages of two voices need no more sessions than are spoken at once, voice by voice."""
    engine = open_engine("openai-realtime", service)
    spoken(engine, tmp_path, script(20))
    assert len(service.asked("realtime")) == 20
    assert service.connections <= 2 * engine.jobs
    assert service.open_connections <= engine.jobs
    asked = service.asked("realtime")
    assert len({(call.connection, call.voice) for call in asked}) == service.connections
    spoken_in = {call.text: call.voice for call in asked}
    assert [spoken_in[turn.text] for turn in script(20).turns] == ["marin", "cedar"] * 10


def test_a_session_that_was_dropped_is_opened_anew(service: StandIn) -> None:
    """A connection lost between passages costs nothing but a new one."""
    engine = open_engine("openai-realtime", service)
    engine.say(TEXT, IRENE)
    service.misbehave("reset", on="harbours")
    assert fault_of(engine.say(TEXT, IRENE), TEXT, IRENE) == ""
    assert service.connections == 2


def test_responses_are_out_of_band(service: StandIn) -> None:
    """Passages do not become a conversation, so none is paid for again as the next one's context."""
    engine = open_engine("openai-realtime", service)
    for _ in range(3):
        engine.say(TEXT, IRENE)
    assert {call.body["conversation"] for call in service.asked("realtime")} == {"none"}
    assert len({line[2]["text_in"] for line in service.bill.lines}) == 1


# --- money and secrets ----------------------------------------------------------------------------


@pytest.mark.parametrize("name", KINDS)
def test_a_budget_stops_before_the_call_that_would_pass_it(
    service: StandIn, tmp_path: Path, name: str
) -> None:
    """Never more is charged than the budget, what was charged is kept, and more money goes on from there."""
    whole = sum(
        open_engine(name, service).price(turn.text, IRENE) or 0 for turn in script(12).turns
    )
    budget = Budget(Usd(whole / 2))
    with pytest.raises(
        BudgetError, match=r"would pass the budget of .* What was paid for is kept"
    ):
        spoken(open_engine(name, service, budget), tmp_path, script(12))
    first = calls(service)
    assert 3 <= first < 12
    assert service.bill.total <= whole / 2
    assert budget.spent == pytest.approx(service.bill.total)
    spoken(open_engine(name, service, Budget(Usd(whole))), tmp_path, script(12))
    assert calls(service) == 12


def test_a_budget_refuses_what_has_no_price(service: StandIn) -> None:
    """With a budget, a model of unknown price is asked only where that is allowed; its use is counted."""
    limit = Usd(1.0)
    with pytest.raises(BudgetError, match="the price of kokoro is unknown"):
        open_engine("openai", service, Budget(limit), "kokoro").say(TEXT, IRENE)
    assert service.calls == []
    allowed = Budget(limit, unknown=True)
    open_engine("openai", service, allowed, "kokoro").say(TEXT, IRENE)
    assert allowed.used["kokoro"].characters == len(TEXT)


def test_the_key_is_nowhere(
    engine: Engine, service: StandIn, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Not in a log at its most talkative, not in a message, not in a file, whatever goes wrong."""
    caplog.set_level(logging.DEBUG)
    for kind in ("500", "reset", "401"):
        service.misbehave(kind, on="" if kind == "401" else "harbours")
    told = ""
    for _ in range(2):
        try:
            spoken(engine, tmp_path, script(3))
        except SpeakError as error:
            told += repr(error)
    written = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert written
    assert SECRET not in caplog.text + told + repr(engine) + repr(vars(engine))
    assert SECRET.encode() not in written
