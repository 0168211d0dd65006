"""Words sound as they do in their sentence, in the voice's own accent."""

from __future__ import annotations

import datetime as dt
import re
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import spoken as spoken_sentences
from phoneme_judge import asked, heard, is_heard
from test_speak import ADA, CAST, NO_WORDS, ToneEngine, script, spoken

from podcast.errors import SpeakError
from podcast.language.english.accents import is_foreign, with_accents, without_accents
from podcast.language.english.spelling import utter
from podcast.model import Script, ScriptChapter, Sound, Turn, Voice
from podcast.speak.engines.kokoro import KokoroEngine
from podcast.speak.engines.kokoro.earlier import earlier_phonemes
from podcast.speak.engines.kokoro.pronunciation import pronounce
from podcast.speak.take_cache import TakeCache, take_key

DATA = Path(__file__).parent.parent / "data" / "heteronyms.tsv"
SENTENCES = DATA.parent / "spoken" / "sentences.tsv"
CASES = [line.split("\t") for line in DATA.read_text("utf-8").splitlines()[1:]]


def sounds(text: str, *, british: bool = False) -> dict[str, str]:
    """Phonemes of each word, stress and marks left out; the last of words that occur twice."""
    return {
        re.sub(r"[.,;:!?]$", "", word.text): re.sub("[ˈˌ.,;:!?]", "", word.phonemes)
        for word in pronounce(text, british=british)
    }


def test_heteronyms_sound_by_their_sense() -> None:
    """At least 98 of 100 words of two sounds have the one that their sentence asks for."""
    wrong = [
        (sentence, found, right)
        for sentence, word, right in CASES
        if (found := sounds(sentence).get(word)) != right
    ]
    assert len(CASES) > 300
    assert len(wrong) <= 0.02 * len(CASES), wrong


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("Series A and Plan A. Q and A: yes.", 3),
        ("A: Yes. She got an A.", 2),
        ("Two of them, A and B, won.", 1),
        ("The A-G-I and the A-one-hundred.", 2),
        ("Group A won in an A team.", 2),
        ("A firm in a town rose.", 0),
        ('He called it "A Tale of Two Towns".', 0),
        ("A new one. Then A new one.", 0),
    ],
)
def test_the_letter_is_no_article(text: str, letters: int) -> None:
    """A capital A that is a letter is said as its name, and the article is not."""
    said = [
        w.phonemes for w in pronounce(text, british=False) if re.match(r"\W*A(?![a-z])", w.text)
    ]
    if text.startswith("A new"):
        assert said[0] == "ɐ"
        return
    assert sum(phonemes.lstrip("ˈˌ“").startswith("A") for phonemes in said) == letters


def test_british_voices_have_british_sounds() -> None:
    """The same word in two accents."""
    assert sounds("hot")["hot"] == "hɑt"
    assert sounds("hot", british=True)["hot"] == "hɒt"
    george = Voice("g", "G", "", "masculine", "british", 157, "", {"kokoro": "bm_george"})
    assert KokoroEngine().phonemes("Hot.", george) == ("hˈɒt.",)


@pytest.mark.parametrize(
    ("name", "ending"), [("Mbappé", "A"), ("Renée", "A"), ("Beyoncé", "A"), ("café", "A")]
)
def test_names_keep_their_last_vowel(name: str, ending: str) -> None:
    """An accent tells that the last letter is said."""
    text = with_accents(utter(f"They met {name}, they say."))
    assert name in text
    assert sounds(text)[name].endswith(ending)


def test_other_scripts_come_in_our_letters() -> None:
    """What the voice cannot read is written as it can, a passage of nothing else is refused."""
    assert (
        without_accents("Правда, 王小明, λόγος, Łódź") == "Pravda, Wang xiao ming, logos, Lodz"
    )
    assert utter("Ask 王小明 now.").text == "Ask Wang xiao ming now."
    assert is_foreign("今日はとても暑い。")
    assert not is_foreign("The word 你好 means hello.")


def test_a_passage_in_another_script_is_refused(tmp_path: Path) -> None:
    """The error names the turn, its line and the remedy, before anything is spoken."""
    engine = ToneEngine()
    with pytest.raises(
        SpeakError, match=r"turn 1 .*line 10 .*script that English voices cannot read"
    ):
        spoken(engine, TakeCache(tmp_path), script(("Ada Byron", "今日はとても暑い。")))
    assert engine.calls == []


@pytest.mark.parametrize(
    "text", ["It is in the U.S. The firm grew.", "They met the P-O-A-G. It rose."]
)
def test_a_sentence_keeps_its_full_stop(text: str) -> None:
    """An abbreviation that ends a sentence leaves it the pause."""
    marks = [word.phonemes[-1:] for word in pronounce(text, british=False)]
    assert marks.count(".") == 2


def test_a_hyphen_is_no_dash() -> None:
    """Nothing pauses within a word."""
    said = pronounce("A patient-specific plan for twenty-two users.", british=False)
    assert not any("—" in word.phonemes for word in said)


def test_words_come_out_as_they_stand_between_spaces() -> None:
    """Contractions, quotation marks and hyphens stay within their words, from many threads at once."""
    text = "They don't say \"we're well-known\"; Ada's U.S. firm, founded (so it says) in May, does."
    with ThreadPoolExecutor(4) as pool:
        for words in pool.map(lambda _: pronounce(text, british=False), range(8)):
            assert [word.text for word in words] == text.split()


def test_an_edition_gets_its_sounds_quickly() -> None:
    """1,800 words within half a second of processor time, once the dictionaries are there."""
    text = "The council of the old town plans to use the market hall again before the winter comes."
    pronounce(text, british=False)
    began = time.process_time()
    pronounce(" ".join([text] * 105), british=False)
    assert time.process_time() - began < 0.5


# --- keys of takes --------------------------------------------------------------------------------


class HummingEngine(ToneEngine):
    """Says which sounds it makes: every word by its letters in small."""

    def phonemes(self, text: str, voice: Voice) -> tuple[str, ...]:
        return tuple(text.lower().split())

    def earlier_identity(self, voice: Voice) -> dict[str, str]:
        return {"model": "0"}

    def earlier_phonemes(self, text: str) -> tuple[str, ...]:
        return tuple(word.replace("q", "kw") for word in text.lower().split())


def test_what_sounds_alike_is_spoken_once(tmp_path: Path) -> None:
    """A take is known by its sounds: other letters of the same sound ask for nothing."""
    cache = TakeCache(tmp_path)
    spoken(HummingEngine(), cache, script(("Ada Byron", "They use it well.")))
    engine = HummingEngine()
    spoken(engine, cache, script(("Ada Byron", "THEY use it well.")))
    assert engine.calls == []


def test_a_take_of_earlier_is_found_where_it_sounds_alike(tmp_path: Path) -> None:
    """What was kept under its letters is used again, and spoken anew only where its sounds changed."""
    cache = TakeCache(tmp_path)
    earlier = ToneEngine(identities={"model": "0"})
    lines = script(("Ada Byron", "They use it well."), ("Ada Byron", "They quit it."))
    first = spoken(earlier, cache, lines)
    engine = HummingEngine()
    again = spoken(engine, cache, lines)
    assert [take.cached for take in again] == [True, False]
    assert (
        again[0].key
        == first[0].key
        == take_key("They use it well.", ADA, "tone", {"model": "0"})
    )
    assert [text for text, _, _ in engine.calls] == ["They quit it."]


def test_most_plain_sentences_sound_as_they_did() -> None:
    """The older converter and this one agree where nothing was wrong."""
    text = "The old bridge opened to traffic this morning, and many people came to see it."
    assert earlier_phonemes(text) == tuple(
        word.phonemes for word in pronounce(text, british=False)
    )


def test_an_engine_of_letters_keeps_its_keys(tmp_path: Path) -> None:
    """Takes of engines without phonemes are known as they were."""
    (take,) = spoken(
        ToneEngine(), TakeCache(tmp_path), script(("Ada Byron", "Good night.")), CAST, NO_WORDS
    )
    assert take.key == take_key("Good night.", ADA, "tone", {"model": "1"})


# --- directions -----------------------------------------------------------------------------------


class ActingEngine(ToneEngine):
    """Remembers in which manner it was asked to speak."""

    acts = True

    def say(self, text: str, voice: Voice, attempt: int = 0) -> Sound:
        self.manners = [*getattr(self, "manners", []), voice.manner]
        return super().say(text, voice, attempt)


def directed(direction: str, text: str) -> Script:
    turn = Turn("Ada Byron", text, 10, direction)
    return Script("A day", dt.date(2024, 5, 22), (ScriptChapter("All", (turn,)),))


def test_an_engine_that_acts_is_told_the_directions(tmp_path: Path) -> None:
    """They end the voice's manner, and another direction is another take."""
    engine = ActingEngine()
    cache = TakeCache(tmp_path)
    (amused,) = spoken(engine, cache, directed("amused", "Good [laughs] morning."))
    (plain,) = spoken(engine, cache, directed("", "Good morning."))
    assert engine.manners == ["Calm. Direction: amused; laughs.", "Calm."]
    assert [text for text, _, _ in engine.calls] == ["Good morning.", "Good morning."]
    assert amused.key != plain.key
    assert [word.text for word in amused.words] == ["Good", "morning."]


def test_other_engines_ignore_directions(tmp_path: Path) -> None:
    """A direction asks for no new take, and nobody hears of it."""
    engine, cache = ToneEngine(), TakeCache(tmp_path)
    (amused,) = spoken(engine, cache, directed("amused", "Good [laughs] morning."))
    (plain,) = spoken(engine, cache, directed("", "Good morning."))
    assert amused.key == plain.key
    assert len(engine.calls) == 1


class PacedEngine(ToneEngine):
    """Remembers how fast it was asked to speak."""

    keeps_pace = True

    def say(self, text: str, voice: Voice, attempt: int = 0) -> Sound:
        self.paces = [*getattr(self, "paces", []), voice.pace]
        return super().say(text, voice, attempt)


def test_a_direction_changes_the_pace(tmp_path: Path) -> None:
    """`[pace slow]` and `quickly` are heard where the engine keeps a pace, and are other takes there."""
    engine, cache = PacedEngine(), TakeCache(tmp_path)
    (slow,) = spoken(engine, cache, directed("", "[pace slow] Good morning."))
    (plain,) = spoken(engine, cache, directed("amused", "Good morning."))
    (fast,) = spoken(engine, cache, directed("quickly", "Good morning."))
    assert engine.paces[0] < engine.paces[1] == ADA.pace < engine.paces[2]
    assert len({slow.key, plain.key, fast.key}) == 3


def test_the_voices_of_this_machine_keep_a_pace() -> None:
    """The neural voices speak slower and faster when a script says so."""
    assert KokoroEngine.keeps_pace


# --- what is heard of written sentences -----------------------------------------------------------


def test_written_sentences_sound_as_they_are_read() -> None:
    """The phonemes of a written sentence hold those of a right reading, letters as their names."""
    kinds = ("acronyms", "asides", "sentence", "ends", "abbreviations")
    sentences = [
        sentence
        for sentence in spoken_sentences.read_sentences(SENTENCES)
        if sentence.kind in kinds
    ]
    wrong = [sentence.written for sentence in sentences if not is_heard(sentence)]
    assert len(sentences) > 100
    assert len(wrong) <= 0.05 * len(sentences), wrong


def test_the_judge_hears_a_letter_from_an_article() -> None:
    """`Series A` is met by the letter's name and by nothing else."""
    assert asked("series A").endswith("A")
    assert not asked("series uh").endswith("A")
    assert asked("Series A") in heard("A Series A round closed.")
