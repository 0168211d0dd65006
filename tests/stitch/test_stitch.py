"""Stitching proved on the file that came out: what ffmpeg, mutagen and a frame walker find in it."""

from __future__ import annotations

import math
import os
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest
from mutagen.mp3 import MP3, BitrateMode
from sounds import (
    RATE,
    decoded,
    heard,
    joined,
    onsets,
    run_ffmpeg,
    script_of,
    speech,
    take_of,
    tone,
    write_wav,
)

from podcast.errors import SpeakError, StitchError
from podcast.model import EpisodeAudio, Pause, Script, Sting, Take, Turn
from podcast.stitch.timeline import AFTER_ALL

LEVELS = {"Ann": -38.0, "Ben": -14.0, "Cleo": -24.0}
"""dB at which each engine voice speaks."""


def conversation(
    folder: Path, turns: int = 9, chapters: int = 3, **levels: float
) -> tuple[Script, list[Take]]:
    """Turns of 3 to 5 s by people of different levels, in equal chapters."""
    people = list((levels or LEVELS).items())
    spoken, takes = [], []
    for i in range(turns):
        name, level = people[i % len(people)]
        turn = Turn(name, f"These are the words of turn {i}")
        takes.append(take_of(turn, speech(3 + i % 3, level, seed=i), folder / "takes", f"t{i}"))
        spoken.append(turn)
    size = -(-turns // chapters)
    return script_of(*(spoken[i : i + size] for i in range(0, turns, size))), takes


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[EpisodeAudio, list[Take]]:
    folder = tmp_path_factory.mktemp("made")
    script, takes = conversation(folder)
    return joined(folder, script, takes), takes


# --- levels -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "levels",
    [{"Ann": -14.0}, {"Ann": -42.0}, LEVELS],
    ids=["loud", "quiet", "mixed"],
)
@pytest.mark.parametrize(("rate", "bitrate"), [(48_000, 96), (44_100, 64), (24_000, 64)])
def test_the_file_is_as_loud_as_asked_and_as_reported(
    tmp_path: Path, levels: dict[str, float], rate: int, bitrate: int
) -> None:
    """ffmpeg reads -16 LUFS +/-0.5 as heard and at most -1 dBTP; the recording says so within 0.1."""
    script, takes = conversation(tmp_path, 6, 2, **levels)
    recording = joined(tmp_path, script, takes, rate=rate, bitrate=bitrate)
    loudness, peak = heard(recording.path)
    assert loudness == pytest.approx(-16, abs=0.5)
    assert peak <= -1
    assert recording.loudness.lufs == pytest.approx(loudness, abs=0.1)
    assert recording.loudness.true_peak == pytest.approx(peak, abs=0.1)


def test_peaks_that_encoding_throws_high_are_lowered(tmp_path: Path) -> None:
    """Clicks over quiet noise at 32 kbit/s, the worst for an encoder, still end at -1 dBTP or less."""
    sound = speech(6, -34)
    sound[RATE :: RATE // 7] = 1.0
    turn = Turn("Ann", "click")
    recording = joined(
        tmp_path, script_of([turn]), [take_of(turn, sound, tmp_path, "t")], bitrate=32
    )
    assert heard(recording.path)[1] <= -1


def test_no_voice_is_louder_than_another(
    tmp_path: Path, made: tuple[EpisodeAudio, list[Take]]
) -> None:
    """Voices 24 dB apart read within 1 LU of each other when cut out of the episode."""
    recording, _ = made
    samples = decoded(recording.path)
    found = {}
    for name in LEVELS:
        parts = [
            samples[line.start * 48 : line.end * 48]
            for line in recording.lines
            if line.speaker == name
        ]
        write_wav(tmp_path / f"{name}.wav", np.concatenate(parts), 48_000)
        found[name] = heard(tmp_path / f"{name}.wav")[0]
    assert max(found.values()) - min(found.values()) <= 1


def test_silence_stays_silence(tmp_path: Path) -> None:
    """Takes of the silence engine give an episode of their length without a gain to infinity."""
    turns = [Turn("Ann", "one two"), Turn("Ben", "three")]
    takes = [
        take_of(turn, np.zeros(3 * RATE), tmp_path, f"t{i}") for i, turn in enumerate(turns)
    ]
    recording = joined(tmp_path, script_of(turns), takes)
    assert recording.loudness.lufs == -70
    assert recording.duration > 6000
    assert not decoded(recording.path).any()


def test_a_silent_take_among_others_does_no_harm(tmp_path: Path) -> None:
    """One silent take leaves the rest at their loudness."""
    script, takes = conversation(tmp_path, 4, 1)
    hush = Turn("Hush", "nothing")
    silent = take_of(hush, np.zeros(2 * RATE), tmp_path, "hush")
    script = script_of([*script.turns[:2], hush, *script.turns[2:]])
    recording = joined(tmp_path, script, [*takes[:2], silent, *takes[2:]])
    assert heard(recording.path)[0] == pytest.approx(-16, abs=0.5)


# --- time ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("rate", [48_000, 44_100, 24_000])
def test_chapters_and_lines_start_where_their_sound_does(tmp_path: Path, rate: int) -> None:
    """In the decoded audio every line's tone begins within 12 ms of the line, and a chapter's first one
    within a frame of the chapter, which starts on a whole second."""
    turns = [Turn("Ann", f"tone {i}") for i in range(6)]
    takes = [
        take_of(turn, tone(1.3 + 0.37 * i), tmp_path, f"t{i}") for i, turn in enumerate(turns)
    ]
    script = script_of(turns[:2], turns[2:3], turns[3:])
    recording = joined(tmp_path, script, takes, rate=rate, bitrate=64)
    found = onsets(decoded(recording.path, rate), rate)
    frame = 1000 * (1152 if rate > 32_000 else 576) / rate
    assert len(found) == len(recording.lines) == 6
    for sample, line, i in zip(found, recording.lines, range(6), strict=True):
        assert 0 <= 1000 * sample / rate - line.start <= 12
        assert line.end - line.start == pytest.approx(1300 + 370 * i + 50, abs=15)
    assert [c.start % 1000 for c in recording.chapters] == [0, 0, 0]
    for chapter, first in ((1, 2), (2, 3)):
        assert (
            0 <= recording.lines[first].start - recording.chapters[chapter].start <= frame + 1
        )
        assert 0 <= 1000 * found[first] / rate - recording.chapters[chapter].start <= frame + 12


def test_the_same_take_begins_at_the_very_sample_that_was_counted(tmp_path: Path) -> None:
    """Twenty times the same tone: each starts exactly as far after its line's frame as the first does."""
    turns = [Turn("Ann" if i % 3 else "Ben", "tone") for i in range(20)]
    sound = tone(0.7)
    takes = [take_of(turn, sound, tmp_path, f"same{turn.speaker}") for turn in turns]
    recording = joined(tmp_path, script_of(turns[:7], turns[7:11], turns[11:]), takes)
    found = onsets(decoded(recording.path))
    lateness = {
        sample - round(line.start * 48)
        for sample, line in zip(found, recording.lines, strict=True)
    }
    assert len(lateness) == 1


def test_the_recording_is_as_long_as_it_says(made: tuple[EpisodeAudio, list[Take]]) -> None:
    """Decoded samples, mutagen and the counted frames agree; the last chapter ends with the sound."""
    recording, _ = made
    assert len(decoded(recording.path)) == recording.duration * 48
    assert MP3(recording.path).info.length == pytest.approx(
        recording.duration / 1000, abs=0.001
    )
    assert recording.chapters[-1].end == recording.duration
    silence = recording.duration - recording.lines[-1].end
    assert 1000 * AFTER_ALL <= silence <= 1000 * AFTER_ALL + 24


def test_trimmed_takes_do_not_lose_their_words(made: tuple[EpisodeAudio, list[Take]]) -> None:
    """Every word of every turn is in its line, ascending, inside the line."""
    recording, takes = made
    for line, take in zip(recording.lines, takes, strict=True):
        assert [word.text for word in line.words] == take.turn.text.split()
        times = [t for word in line.words for t in (word.start, word.end)]
        assert times == sorted(times)
        assert line.start <= times[0]
        assert times[-1] <= line.end


def test_a_pause_in_the_script_is_heard(tmp_path: Path) -> None:
    """`[pause 2s]` is two seconds between two tones, to within a frame and the fades."""
    turns = [Turn("Ann", "a"), Turn("Ann", "b")]
    takes = [take_of(turn, tone(1), tmp_path, turn.text) for turn in turns]
    recording = joined(tmp_path, script_of([turns[0], Pause(1.5), Pause(0.5), turns[1]]), takes)
    first, second = onsets(decoded(recording.path))
    assert 3.0 <= (second - first) / 48_000 <= 3.08


# --- the stream ---------------------------------------------------------------------------------


def walk(data: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Every frame as (sample rate, bit rate, bytes), by ISO 11172-3 2.4.1.3; nothing may lie between."""
    position = 0
    while position < len(data):
        first, second, third, fourth = data[position : position + 4]
        assert (first, second & 0xE7) == (0xFF, 0xE3), f"no frame at byte {position}"
        assert fourth >> 6 == 3, "mono"
        mpeg1 = bool(second & 8)
        table = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320]
        table2 = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160]
        bitrate = (table if mpeg1 else table2)[third >> 4]
        rate = [44_100, 48_000, 32_000][third >> 2 & 3] // (1 if mpeg1 else 2)
        size = (144 if mpeg1 else 72) * bitrate * 1000 // rate + (third >> 1 & 1)
        yield rate, bitrate, data[position : position + size]
        position += size
    assert position == len(data), "the last frame is cut off"


@pytest.mark.parametrize(
    ("rate", "bitrate"), [(48_000, 96), (44_100, 96), (44_100, 128), (24_000, 48)]
)
def test_every_byte_is_a_frame_and_the_info_frame_counts_them(
    tmp_path: Path, rate: int, bitrate: int
) -> None:
    """One rate, one bit rate, no lost sync; frames and bytes as the Info frame and the recording say."""
    script, takes = conversation(tmp_path, 4, 2)
    recording = joined(tmp_path, script, takes, rate=rate, bitrate=bitrate)
    data = recording.path.read_bytes()
    frames = list(walk(data))
    (_, _, info), *sound = frames
    assert {(r, b) for r, b, _ in sound} == {(rate, bitrate)}
    assert len(sound) == recording.frames
    at = info.index(b"Info")
    assert at == (21 if rate > 32_000 else 13)
    assert int.from_bytes(info[at + 4 : at + 8], "big") == 15
    assert int.from_bytes(info[at + 8 : at + 12], "big") == len(sound)
    assert int.from_bytes(info[at + 12 : at + 16], "big") == len(data)
    toc = info[at + 16 : at + 116]
    assert all(abs(toc[i] - 256 * i / 100) <= 2 for i in range(100))
    delays = int.from_bytes(info[at + 141 : at + 144], "big")
    samples = (
        recording.frames * (1152 if rate > 32_000 else 576) - (delays >> 12) - (delays & 0xFFF)
    )
    assert samples == pytest.approx(recording.duration * rate / 1000, abs=rate / 1000)
    told = MP3(recording.path).info
    assert (told.sample_rate, told.channels, told.bitrate_mode) == (rate, 1, BitrateMode.CBR)
    assert told.encoder_info.startswith("LAME")
    run_ffmpeg("-v", "error", "-xerror", "-i", str(recording.path), "-f", "null", "-")


def test_the_info_frame_is_signed(made: tuple[EpisodeAudio, list[Take]]) -> None:
    """The tag's CRC-16 is that of all bytes before it, as LAME writes it."""
    info = next(walk(made[0].path.read_bytes()))[2]
    end = info.index(b"Info") + 154
    crc = 0
    for bit in (byte >> i & 1 for byte in info[:end] for i in range(8)):
        crc = crc >> 1 ^ (0xA001 if (crc ^ bit) & 1 else 0)
    assert int.from_bytes(info[end : end + 2], "big") == crc


def test_joins_cannot_be_heard(made: tuple[EpisodeAudio, list[Take]]) -> None:
    """Between sounds there is digital silence but for the encoder's own noise before and after them: in the
    middle of a pause no sample passes -100 dBFS."""
    recording, _ = made
    samples = decoded(recording.path)
    for before, after in zip(recording.lines, recording.lines[1:], strict=False):
        middle = samples[before.end * 48 + 3600 : after.start * 48 - 2600]
        assert len(middle) > 4800
        assert np.abs(middle).max() < 1e-5


def test_units_sound_as_if_encoded_in_one_run(tmp_path: Path) -> None:
    """The same turns encoded by ffmpeg's LAME in one run differ from ours by no more than two runs of an
    encoder do: the residue is 15 dB or more below the sound, also at its onset, and there is no click."""
    script, takes = conversation(tmp_path, 3, 1, Ann=-20.0)
    recording = joined(tmp_path, script, takes, bitrate=128)
    ours = decoded(recording.path)
    write_wav(tmp_path / "once.wav", ours, 48_000)
    once = tmp_path / "once.mp3"
    run_ffmpeg("-v", "error", "-i", str(tmp_path / "once.wav"), "-b:a", "128k", str(once))
    single = decoded(once)[: len(ours)] / 0.95
    for line in recording.lines:
        for start, end in ((line.start, line.end), (line.start - 20, line.start + 60)):
            a, b = ours[start * 48 : end * 48], single[start * 48 : end * 48]
            residue, sound = float(((a - b) ** 2).mean()), float((a**2).mean())
            assert 10 * math.log10(residue / sound) < -15


# --- stings -------------------------------------------------------------------------------------


@pytest.fixture
def stings(tmp_path: Path) -> Path:
    """An opening in stereo at 22.05 kHz, a between as MP3, a closing of 20 s."""
    folder = tmp_path / "stings"
    folder.mkdir()
    write_wav(folder / "opening.wav", tone(2, 330, rate=22_050), 22_050, channels=2)
    write_wav(tmp_path / "between.wav", tone(1, 500, rate=44_100), 44_100)
    run_ffmpeg("-i", str(tmp_path / "between.wav"), str(folder / "between.mp3"))
    write_wav(folder / "closing.wav", tone(20, 700, silence=0), RATE)
    return folder


def with_stings(folder: Path) -> tuple[Script, list[Take]]:
    script, takes = conversation(folder, 4, 2)
    first, second = (chapter.items for chapter in script.chapters)
    return script_of([Sting(), *first, Sting()], [*second, Sting()]), takes


def test_stings_play_in_their_places_below_the_speech(tmp_path: Path, stings: Path) -> None:
    """Any format is read; the one before a chapter ends the chapter before; a long one fades after 6 s; each
    is quieter than speech."""
    script, takes = with_stings(tmp_path)
    recording = joined(tmp_path, script, takes, stings)
    samples = decoded(recording.path)
    first, last = recording.lines[0], recording.lines[-1]
    assert first.start == pytest.approx(96 + 2000 + 40 + 500, abs=60)
    assert 5000 < recording.duration - last.end < 8000
    assert recording.chapters[1].start - recording.lines[1].end > 500 + 1000 + 1000
    opening = samples[: first.start * 48 - 20_000]
    spoken = samples[first.start * 48 : first.end * 48]
    assert 10 * math.log10((opening**2).mean() / (spoken**2).mean()) < -1
    assert heard(recording.path)[0] == pytest.approx(-16, abs=0.5)
    tail = samples[-int((AFTER_ALL + 0.3) * 48_000) :]
    assert np.abs(np.diff(tail)).max() < 0.01, "it ends softly"


def test_missing_stings_are_left_out(tmp_path: Path) -> None:
    """Without assets, a script with stings sounds as one without."""
    script, takes = with_stings(tmp_path)
    with_none = joined(tmp_path, script, takes)
    without = joined(tmp_path, script_of(script.turns[:2], script.turns[2:]), takes)
    assert with_none.lines == without.lines


def test_a_sting_that_is_no_audio_is_named(tmp_path: Path, stings: Path) -> None:
    """A text called opening.flac ends in an error with its name."""
    (stings / "opening.wav").unlink()
    (stings / "opening.flac").write_text("la la la")
    script, takes = with_stings(tmp_path)
    with pytest.raises(StitchError, match=r"opening\.flac"):
        joined(tmp_path, script, takes, stings)


# --- making again -------------------------------------------------------------------------------


def units(folder: Path) -> dict[str, int]:
    """The encoded units that are kept, and when each was written."""
    return {
        path.name: path.stat().st_mtime_ns
        for path in (folder / "work" / "episode").glob("*.frames")
    }


def test_making_again_changes_not_a_byte_and_encodes_nothing(tmp_path: Path) -> None:
    """The second build is the first one's file, from what was kept."""
    script, takes = conversation(tmp_path)
    once = joined(tmp_path, script, takes)
    first, kept = once.path.read_bytes(), units(tmp_path)
    again = joined(tmp_path, script, takes)
    assert again.path.read_bytes() == first
    assert again == once
    assert units(tmp_path) == kept


def test_one_take_changed_encodes_one_unit(tmp_path: Path) -> None:
    """An edit near the beginning, a second longer: chapters move, loudness holds, one unit is new and the
    one it replaces is gone."""
    script, takes = conversation(tmp_path, 9, 3)
    once = joined(tmp_path, script, takes)
    kept = units(tmp_path)
    turn = Turn("Ben", "Other words at last")
    takes[1] = take_of(turn, speech(5.2, -14, seed=99), tmp_path / "takes", "edited")
    spoken = [takes[0].turn, turn, *script.turns[2:]]
    again = joined(tmp_path, script_of(spoken[:3], spoken[3:6], spoken[6:]), takes)
    assert len(units(tmp_path)) == len(kept)
    assert len(set(units(tmp_path).items()) - set(kept.items())) == 1
    assert again.lines[2].start > once.lines[2].start
    loudness, peak = heard(again.path)
    assert loudness == pytest.approx(-16, abs=0.5)
    assert again.loudness.lufs == pytest.approx(loudness, abs=0.1)
    assert peak <= -1
    assert len(onsets(decoded(again.path), threshold=0.003, gap=0.3)) == 9


@pytest.mark.parametrize("harm", ["cut", "flip", "empty", "gone"])
def test_a_broken_cache_heals(tmp_path: Path, harm: str) -> None:
    """Whatever befalls the files that are kept, all of them, the episode is the same."""
    script, takes = conversation(tmp_path, 4, 2)
    first = joined(tmp_path, script, takes).path.read_bytes()
    harmed = [path for path in (tmp_path / "work").rglob("*") if path.is_file()]
    assert len(harmed) == 5, "for each take its frames, and the build with all their cells"
    for path in harmed:
        data = bytearray(path.read_bytes())
        if harm == "gone":
            path.unlink()
        else:
            data[len(data) // 2] ^= 0x40
            path.write_bytes({"cut": data[: len(data) // 2], "flip": data, "empty": b""}[harm])
    assert joined(tmp_path, script, takes).path.read_bytes() == first


def test_a_take_spoken_anew_under_its_old_key_is_heard(tmp_path: Path) -> None:
    """An engine that never says a thing twice alike gives other samples for the same key: they are used."""
    script, takes = conversation(tmp_path, 2, 1)
    first = joined(tmp_path, script, takes).path.read_bytes()
    write_wav(takes[0].path, speech(3, -38, seed=77))
    assert joined(tmp_path, script, takes).path.read_bytes() != first


def test_only_what_the_episode_uses_is_kept(tmp_path: Path) -> None:
    """The cache holds a file for each turn and one for the build, however often it was edited."""
    for edit in range(3):
        turn = Turn("Ann", f"version {edit}")
        joined(
            tmp_path,
            script_of([turn]),
            [take_of(turn, speech(2, -20, edit), tmp_path, f"e{edit}")],
        )
    assert len(list((tmp_path / "work" / "episode").iterdir())) == 2


def deafen(takes: Sequence[Take]) -> None:
    """Silence in every take's file, whose size and time of change stay."""
    for take in takes:
        before = take.path.stat()
        write_wav(take.path, np.zeros(take.frames))
        os.utime(take.path, ns=(before.st_atime_ns, before.st_mtime_ns))


def test_what_was_measured_is_not_measured_again(tmp_path: Path) -> None:
    """A second build listens to no take that the first one heard."""
    script, takes = conversation(tmp_path, 4, 2)
    first = joined(tmp_path, script, takes)
    deafen(takes)
    again = joined(tmp_path, script, takes)
    assert again.path.read_bytes() == first.path.read_bytes()
    assert (again.loudness, again.waveform) == (first.loudness, first.waveform)


def test_what_was_measured_before_a_fault_is_kept(tmp_path: Path) -> None:
    """Takes that were heard before a run ended early are not listened to again."""
    script, takes = conversation(tmp_path, 8, 2)
    expected = joined(tmp_path / "whole", script, takes)
    with pytest.raises(StitchError, match="turn 8"):
        joined(tmp_path, script, takes[:7], jobs=1)
    deafen(takes[:4])
    found = joined(tmp_path, script, takes)
    assert [line.end for line in found.lines] == [line.end for line in expected.lines]
    assert not list((tmp_path / "work" / "episode").glob("*.cells")), "the build has them"


# --- ahead of time ------------------------------------------------------------------------------


def monologue(folder: Path, levels: list[float]) -> tuple[Script, list[Take]]:
    """Turns of 5 s by one person at these levels."""
    turns = [Turn("Ann", f"turn {i}") for i in range(len(levels))]
    takes = [
        take_of(turn, speech(5, level, seed=i), folder, f"t{i}")
        for i, (turn, level) in enumerate(zip(turns, levels, strict=True))
    ]
    return script_of(turns), takes


def test_units_are_encoded_while_takes_are_still_spoken(tmp_path: Path) -> None:
    """Before the last take is there, units of the earlier ones are; in the end none of them was in vain."""
    script, takes = monologue(tmp_path, [-30.0] * 16)
    early: dict[str, int] = {}

    def coming() -> Iterator[Take]:
        yield from takes[:-1]
        deadline = time.monotonic() + 20
        while not early and time.monotonic() < deadline:
            early.update(units(tmp_path))
        yield takes[-1]

    joined(tmp_path, script, coming())
    assert early
    assert early.items() <= units(tmp_path).items()


def test_a_voice_that_was_foretold_wrongly_is_levelled_all_the_same(tmp_path: Path) -> None:
    """Half a minute at one level, then 6 dB more: the episode is as loud as asked, and making it again from
    what was kept gives the same bytes."""
    script, takes = monologue(tmp_path, [-30.0] * 6 + [-24.0] * 6)
    recording = joined(tmp_path, script, takes)
    loudness, peak = heard(recording.path)
    assert loudness == pytest.approx(-16, abs=0.5)
    assert recording.loudness.lufs == pytest.approx(loudness, abs=0.1)
    assert peak <= -1
    first = recording.path.read_bytes()
    assert joined(tmp_path, script, takes).path.read_bytes() == first
    assert len(units(tmp_path)) == 12


# --- what goes wrong ----------------------------------------------------------------------------


def test_takes_are_read_as_they_come(tmp_path: Path) -> None:
    """A take that cannot be spoken ends the build with the speaker's own error; no file is left."""
    script, takes = conversation(tmp_path, 4, 2)

    def coming() -> Iterator[Take]:
        yield from takes[:2]
        raise SpeakError("turn 3 (Cleo): the engine returned no audio")

    with pytest.raises(SpeakError, match="turn 3"):
        joined(tmp_path, script, coming())  # type: ignore[arg-type]
    assert not (tmp_path / "episode.mp3").exists()


@pytest.mark.parametrize(
    "content", [b"", b"RIFF\0\0\0\0WAVEfmt ", b"ID3" * 400], ids=["empty", "cut", "other"]
)
def test_a_corrupt_take_is_named(tmp_path: Path, content: bytes) -> None:
    """The turn, the speaker, the file and the remedy."""
    script, takes = conversation(tmp_path, 3, 1)
    takes[1].path.write_bytes(content)
    with pytest.raises(StitchError, match="not a readable WAV") as caught:
        joined(tmp_path, script, takes)
    assert str(caught.value).startswith("turn 2 (Ben): ")
    assert "t1.wav" in str(caught.value)
    assert "run again" in str(caught.value)


def test_a_take_cut_short_is_named(tmp_path: Path) -> None:
    """Samples that the header promises and the file lacks are not passed over."""
    script, takes = conversation(tmp_path, 2, 1)
    takes[0].path.write_bytes(takes[0].path.read_bytes()[:40_000])
    with pytest.raises(StitchError, match=r"turn 1 \(Ann\).*ends .* samples before"):
        joined(tmp_path, script, takes)


def test_a_take_without_a_sample_is_named(tmp_path: Path) -> None:
    """An empty recording is an error, not a silence."""
    script, takes = conversation(tmp_path, 2, 1)
    turn = Turn("Ann", "nothing came")
    empty = take_of(turn, np.zeros(0), tmp_path, "empty")
    with pytest.raises(StitchError, match=r"turn 3 \(Ann\).*holds no sample"):
        joined(tmp_path, script_of([*script.turns, turn]), [*takes, empty])


def test_a_missing_take_and_one_too_many_are_said(tmp_path: Path) -> None:
    """Takes and turns MUST match, one for one."""
    script, takes = conversation(tmp_path, 3, 1)
    with pytest.raises(StitchError, match=r"turn 3 \(Cleo\): no take came"):
        joined(tmp_path, script, takes[:2])
    with pytest.raises(StitchError, match="more takes"):
        joined(tmp_path, script, [*takes, takes[0]])
    with pytest.raises(StitchError, match=r"turn 1 \(Ann\): .*other words"):
        joined(tmp_path, script, takes[::-1])


def test_takes_of_any_rate_are_heard_at_their_pitch(tmp_path: Path) -> None:
    """16, 22.05, 24, 44.1 and 48 kHz: the same tone, the same length."""
    turns = [Turn(f"P{rate}", "tone") for rate in (16_000, 22_050, 24_000, 44_100, 48_000)]
    takes = [
        take_of(
            t, tone(1, 1000, rate=int(t.speaker[1:])), tmp_path, t.speaker, int(t.speaker[1:])
        )
        for t in turns
    ]
    recording = joined(tmp_path, script_of(turns), takes)
    samples = decoded(recording.path)
    for line in recording.lines:
        part = samples[line.start * 48 + 4800 : line.start * 48 + 4800 + 38_400]
        spectrum = np.abs(np.fft.rfft(part * np.hanning(len(part))))
        assert np.argmax(spectrum) * 48_000 / len(part) == pytest.approx(1000, abs=2)
        assert line.end - line.start == pytest.approx(1044, abs=16)


def test_a_full_disk_is_an_error_of_ours(tmp_path: Path) -> None:
    """When the output cannot be written the error says so, and the old file stays."""
    script, takes = conversation(tmp_path, 2, 1)
    (tmp_path / "work").write_text("a file where a folder should be")
    with pytest.raises(StitchError, match="work"):
        joined(tmp_path, script, takes)


def test_a_script_without_a_sound_is_refused(tmp_path: Path) -> None:
    """Nothing to say: an error, not an empty MP3."""
    with pytest.raises(StitchError, match="nothing to say"):
        joined(tmp_path, script_of([Pause(2.0), Sting()]), [])
