"""Voices and who has which."""

from __future__ import annotations

import shutil
import tomllib
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from podcast.errors import ConfigError
from podcast.model import Person, Voice
from podcast.speak.casting import (
    PRESENTATIONS,
    assign_cast,
    guess_presentation,
    load_cast,
    load_voices,
    save_cast,
)
from podcast.speak.voice_ids import voice_id

VOICES = Path(__file__).parent.parent.parent / "voices"
GOOD = """
name = "Ada"
presentation = "feminine"
pace = 160
[engines]
kokoro = "af_heart"
"""
NAMES = [
    "Alexandra Hayes",
    "Marcus Lin",
    "Priya Kapoor",
    "Wei Zhang",
    "Iñaki Etxeberria",
    "María-José del Río",
    "Luna Techwhisper",
    "J. R. Smith",
    "Dr. Chen",
    "李 娜",
    "Zoë",
    "",
    "—",
    'O\'Brien "Bob" \\ Jr.',
]


def pool(*entries: str) -> dict[str, Voice]:
    """Voices from words such as `ada:feminine`."""
    pairs = [entry.split(":") for entry in entries]
    return {id_: Voice(id_, id_.title(), "", kind, "american", 160, "") for id_, kind in pairs}


SIX = pool(
    "a:feminine", "b:feminine", "c:feminine", "x:masculine", "y:masculine", "z:masculine"
)


def people(*names: str) -> list[Person]:
    return [Person(name) for name in names]


# --- the pool -------------------------------------------------------------------------------------


def test_the_pool_that_comes_along_serves_every_engine() -> None:
    """Ten voices, as many feminine as masculine, whose ids differ in each engine."""
    voices = load_voices(VOICES)
    assert len(voices) == 10
    kinds = [voice.presentation for voice in voices.values()]
    assert kinds.count("feminine") == kinds.count("masculine") == 5
    for engine in ("kokoro", "espeak", "openai", "openai-realtime"):
        assert len({voice.engines[engine] for voice in voices.values()}) == 10
    for id_, voice in voices.items():
        assert voice.id == id_ == voice.name.lower()
        assert voice.description
        assert voice.manner
        assert voice.accent


def test_cast_and_lexicon_are_no_voices(tmp_path: Path) -> None:
    """`cast.toml` and `lexicon.toml` lie among the voices and are left alone."""
    (tmp_path / "ada.toml").write_text(GOOD)
    (tmp_path / "cast.toml").write_text('[people]\n"A" = "ada"\n')
    (tmp_path / "lexicon.toml").write_text("")
    assert list(load_voices(tmp_path)) == ["ada"]


def test_all_faults_of_all_voices_are_told_together(tmp_path: Path) -> None:
    """One error names every file and key that is wrong, with a guess where one is near."""
    (tmp_path / "ada.toml").write_text(
        GOOD.replace("pace", "pase").replace('"feminine"', '"feminin"')
    )
    (tmp_path / "bob.toml").write_text(GOOD.replace("160", '"fast"').replace('"af_heart"', "7"))
    (tmp_path / "cid.toml").write_text("name = ")
    (tmp_path / "dee.toml").write_text(GOOD.replace("160", "1600"))
    (tmp_path / "eve.toml").write_bytes(b"name = '\xff'")
    with pytest.raises(ConfigError) as caught:
        load_voices(tmp_path)
    lines = str(caught.value).splitlines()
    for file, *words in [
        ("ada.toml", "pase", "Did you mean 'pace'?"),
        ("ada.toml", "presentation", "Did you mean 'feminine'?"),
        ("bob.toml", "pace", "whole number"),
        ("bob.toml", "engines.kokoro", "7"),
        ("cid.toml", "TOML"),
        ("dee.toml", "pace", "1600"),
        ("eve.toml", "TOML"),
    ]:
        assert any(
            str(tmp_path / file) in line and all(w in line for w in words) for line in lines
        ), file
    assert len(lines) == 7


def test_a_folder_without_voices_is_a_fault(tmp_path: Path) -> None:
    """An empty pool can cast nobody, and the message says where to get one."""
    with pytest.raises(ConfigError, match="podcast init"):
        load_voices(tmp_path)


# --- casting --------------------------------------------------------------------------------------


def test_the_editor_presents() -> None:
    """The editor is the presenter wherever they stand in the list; else the presenter of the show is."""
    staff = [Person("Marcus Lin"), Person("Sophia Bennett", "editor")]
    assert assign_cast(staff, SIX, {}, "Nobody").presenter == "Sophia Bennett"
    without = assign_cast(staff[:1], SIX, {}, "The presenter")
    assert without.presenter == "The presenter"
    assert set(without.voices) == {"Marcus Lin", "The presenter"}


def test_the_saved_cast_wins() -> None:
    """Whoever has an entry gets that voice, fitting or not, before anyone new chooses."""
    made = assign_cast(people("Newcomer", "Marcus Lin"), SIX, {"Marcus Lin": "a"}, "Newcomer")
    assert made.voices["Marcus Lin"].id == "a"
    assert made.voices["Newcomer"].id != "a"


def test_a_voice_fits_the_first_name() -> None:
    """A name that is known gets a voice that presents alike."""
    made = assign_cast(
        people("Alexandra Hayes", "Marcus Lin", "Priya Kapoor"), SIX, {}, "Sophia Bennett"
    )
    kinds = {name: voice.presentation for name, voice in made.voices.items()}
    assert kinds == {
        "Sophia Bennett": "feminine",
        "Alexandra Hayes": "feminine",
        "Marcus Lin": "masculine",
        "Priya Kapoor": "feminine",
    }


@pytest.mark.parametrize("name", NAMES)
def test_any_name_gets_a_voice(name: str) -> None:
    """Names of any script, invented ones and none at all are cast."""
    assert guess_presentation(name) in {"", *PRESENTATIONS}
    assert assign_cast(people(name), SIX, {}, "x").voices[name]


@given(st.lists(st.sampled_from(NAMES), unique=True, max_size=6), st.data())
def test_no_two_people_sound_alike(names: list[str], data: st.DataObject) -> None:
    """As long as the pool suffices, everyone of an episode has a voice of their own, whatever is known."""
    ids = st.sampled_from(sorted(SIX))
    known = data.draw(st.dictionaries(st.sampled_from(NAMES), ids))
    made = assign_cast(people(*names), SIX, known, names[0] if names else "x")
    for one, other in combinations(made.voices.values(), 2):
        assert one.id != other.id


def test_known_people_with_one_voice_are_told_apart_for_the_episode() -> None:
    """The first keeps the voice of the saved cast; the second gets another that fits."""
    known = {"Sophia Bennett": "a", "Alexandra Hayes": "a"}
    made = assign_cast(
        people("Sophia Bennett", "Alexandra Hayes"), SIX, known, "Sophia Bennett"
    )
    assert made.voices["Sophia Bennett"].id == "a"
    assert made.voices["Alexandra Hayes"].id in {"b", "c"}


def test_a_pool_too_small_is_shared() -> None:
    """More people than voices is no error."""
    names = ["Ann", "Beth", "Carla", "Dora"]
    made = assign_cast(people(*names), pool("a:feminine", "x:masculine"), {}, "Ann")
    assert {voice.id for voice in made.voices.values()} == {"a", "x"}


def test_the_choice_is_stable() -> None:
    """A name gets the same voice on every day, machine and run, in any company that leaves it free."""
    assert assign_cast([], SIX, {}, "Alexandra Hayes").voices["Alexandra Hayes"].id == "a"
    assert assign_cast([], SIX, {}, "Marcus Lin").voices["Marcus Lin"].id == "z"


@given(st.sampled_from(NAMES), st.sampled_from(sorted(SIX)))
def test_a_voice_that_leaves_the_pool_moves_only_those_who_had_it(name: str, gone: str) -> None:
    """Removing a voice changes the choice of nobody who had another."""
    before = assign_cast([], SIX, {}, name).voices[name].id
    after = (
        assign_cast([], {k: v for k, v in SIX.items() if k != gone}, {}, name).voices[name].id
    )
    assert after == before or before == gone


def test_a_saved_voice_that_is_gone_is_named() -> None:
    """An entry for someone in this episode must lead to a voice; others are not asked about."""
    voices = pool("ember:feminine")
    with pytest.raises(ConfigError, match=r"Marcus Lin.*'embr'.*Did you mean 'ember'"):
        assign_cast(people("Marcus Lin"), voices, {"Marcus Lin": "embr"}, "Marcus Lin")
    assign_cast(people("Ann"), voices, {"Marcus Lin": "embr"}, "Ann")
    with pytest.raises(
        ConfigError, match=r"'slate'\. Bring slate\.toml back, or remove the line: Marcus Lin"
    ):
        assign_cast(people("Marcus Lin"), voices, {"Marcus Lin": "slate"}, "Marcus Lin")


# --- cast.toml ------------------------------------------------------------------------------------


def test_there_need_be_no_saved_cast(tmp_path: Path) -> None:
    """A new show has none, and the first entry makes it."""
    path = tmp_path / "cast.toml"
    assert load_cast(path) == {}
    save_cast(path, {"Ann": "ember"})
    assert load_cast(path) == {"Ann": "ember"}


HAND_WRITTEN = [
    '# ours\n[people]\n"Ann"   = "ember"  # she likes it\nBob = \'lark\'\n\n# the end\n',
    '[people]\r\n"Ann" = "ember"\r\n\r\n',
    "[ people ] # here\n# nobody yet",
    "",
    "# only a remark",
]


@pytest.mark.parametrize("text", HAND_WRITTEN)
def test_what_a_person_wrote_stays(tmp_path: Path, text: str) -> None:
    """Additions leave every byte of the file in place and order."""
    path = tmp_path / "cast.toml"
    path.write_bytes(text.encode())
    before = load_cast(path)
    save_cast(path, {"Zoë": "pearl", "Ann": "flint"})
    after = path.read_bytes().decode()
    assert load_cast(path) == {"Ann": "flint", "Zoë": "pearl"} | before
    kept = iter(after.splitlines())
    assert all(any(line == other for other in kept) for line in text.splitlines())
    again = path.read_bytes()
    save_cast(path, {"Zoë": "birch"})
    assert path.read_bytes() == again


@settings(deadline=None)
@given(
    st.dictionaries(
        st.text(st.characters(codec="utf-8")), st.sampled_from(["ember", "lark"]), min_size=1
    )
)
def test_any_name_is_saved_as_it_is(
    tmp_path_factory: pytest.TempPathFactory, names: dict[str, str]
) -> None:
    """Quotes, dots, backslashes, control characters and every script survive."""
    path = tmp_path_factory.mktemp("cast") / "cast.toml"
    first, *rest = names
    save_cast(path, {first: names[first]})
    save_cast(path, {name: names[name] for name in rest})
    assert tomllib.loads(path.read_bytes().decode()) == {"people": names}


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("people = 3", "people"),
        ('[peopel]\n"Ann" = "ember"', "Did you mean 'people'"),
        ('[people]\n"Ann" = 3', '"Ann"'),
        ("[people", "TOML"),
    ],
)
def test_a_saved_cast_that_is_wrong_is_not_touched(
    tmp_path: Path, text: str, what: str
) -> None:
    """The fault names the file and the key, and nothing is written."""
    path = tmp_path / "cast.toml"
    path.write_text(text)
    for attempt in (load_cast, lambda p: save_cast(p, {"Bob": "lark"})):
        with pytest.raises(ConfigError, match=what) as caught:
            attempt(path)
        assert str(path) in str(caught.value)
    assert path.read_text() == text


def test_a_saved_cast_that_cannot_be_added_to_is_not_touched(tmp_path: Path) -> None:
    """People written as an inline table are read, but not added to."""
    path = tmp_path / "cast.toml"
    path.write_text('people = { "Ann" = "ember" }\n')
    with pytest.raises(ConfigError, match=r"\[people\]"):
        save_cast(path, {"Bob": "lark"})
    assert load_cast(path) == {"Ann": "ember"}


def test_a_voice_may_be_added_by_copying_a_file(tmp_path: Path) -> None:
    """A voice is its file: a copy under another name is another voice."""
    for path in VOICES.glob("*.toml"):
        shutil.copy(path, tmp_path / path.name)
    shutil.copy(VOICES / "ember.toml", tmp_path / "ash.toml")
    assert len(load_voices(tmp_path)) == 11


@pytest.mark.parametrize("engines", ["", "[engines]\n"])
def test_a_voice_need_not_name_every_engine(tmp_path: Path, engines: str) -> None:
    """A Voice that names no engine is whole; an engine then takes an id of its own, always the same."""
    text = GOOD[: GOOD.index("[engines]")] + engines
    (tmp_path / "ada.toml").write_text(text)
    (voice,) = load_voices(tmp_path).values()
    own = {"f1": "feminine", "f2": "feminine", "m1": "masculine"}
    assert voice.engines == {}
    assert voice_id(voice, "nosuch", own) == voice_id(voice, "nosuch", own) != "m1"
