"""Is the take what was asked for? Cheap checks that see most of what goes wrong.

Engines cut off, repeat, reword and overdrive. None of this listens to the words; where the
engine says what it said, that is compared.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from podcast.language.english.spelling import verbalize
from podcast.model import Sound, Voice

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# Longest silence between words, in seconds.
SILENCE_INSIDE = 1.5
# Longest silence before the first and after the last word, in seconds; it is trimmed later.
SILENCE_OUTSIDE = 2.0

# Amplitude, of full scale, below which it is silence: -50 dBFS.
_FLOOR = 0.003
# Seconds over which loudness is looked at.
_STEP = 0.01
# Samples in a row at full scale that make a clip.
_TOO_LOUD_RUN = 4
# Amplitude of the last moment, against the speech's usual one, that only cut speech has.
_ABRUPT = 0.5
# Length against the voice's pace; acronyms take long for their letters, hence the wide upper
# bound.
_SLOWEST, _FASTEST = 2.2, 0.4


def fault_of(sound: Sound, text: str, voice: Voice, *, audible: bool = True) -> str:
    """Find what is wrong with a passage, in words; empty when it passes.

    `text` is the text as spoken. An inaudible engine's sound is only measured for its length.
    """
    if not sound.samples:
        return "the engine returned no audio"
    seconds = len(sound.samples) / 2 / sound.rate
    expected = expected_seconds(text, voice)
    if seconds < expected * _FASTEST - 0.2:
        return f"the audio is too short: {seconds:.1f} s for what takes about {expected:.1f} s"
    if seconds > expected * _SLOWEST + 2.0:
        return f"the audio is too long: {seconds:.1f} s for what takes about {expected:.1f} s"
    return (_heard_fault(sound) if audible else "") or _wording_fault(sound.transcript, text)


def expected_seconds(text: str, voice: Voice) -> float:
    """Compute the seconds that the voice needs for a text.

    Its pace counts words of six characters, spaces included.
    """
    return len(text) * 10 / voice.pace


def _heard_fault(sound: Sound) -> str:
    import numpy as np

    samples: NDArray[np.float32] = np.abs(
        np.frombuffer(sound.samples, "<i2").astype(np.float32) / 32768
    )
    step = max(1, int(sound.rate * _STEP))
    steps = samples[: len(samples) // step * step].reshape(-1, step).max(axis=1)
    loud = np.flatnonzero(steps > _FLOOR)
    if not len(loud):
        return "the audio is silent"
    gaps = np.diff(loud)
    longest = (int(gaps.max()) - 1) * _STEP if len(gaps) else 0.0
    if longest > SILENCE_INSIDE:
        return f"the audio is silent for {longest:.1f} s in its middle"
    outside = max(int(loud[0]), len(steps) - 1 - int(loud[-1])) * _STEP
    if outside > SILENCE_OUTSIDE:
        return f"the audio is silent for {outside:.1f} s at its end or start"
    if _clips(samples):
        return "the audio is clipped"
    if len(samples) >= step and _abrupt(samples, steps, loud, step):
        return "the audio is cut off at its end"
    return ""


def _clips(samples: NDArray[np.float32]) -> bool:
    import numpy as np

    full = np.flatnonzero(samples >= 32766 / 32768)
    if len(full) < _TOO_LOUD_RUN:
        return False
    return bool(
        np.any(full[_TOO_LOUD_RUN - 1 :] - full[: -(_TOO_LOUD_RUN - 1)] == _TOO_LOUD_RUN - 1)
    )


def _abrupt(
    samples: NDArray[np.float32], steps: NDArray[np.float32], loud: NDArray[np.int64], step: int
) -> bool:
    """Tell whether the last moment is as loud as speech: an ending leaves a little decay."""
    import numpy as np

    return bool(samples[-step // 2 :].max() > _ABRUPT * np.median(steps[loud]))


def _wording_fault(transcript: str, text: str) -> str:
    if not transcript:
        return ""
    asked, said = _split_words(text), _split_words(verbalize(transcript))
    matcher = SequenceMatcher(None, asked, said, autojunk=False)
    for op, i1, i2, j1, j2 in matcher.get_opcodes():
        # Joined, for `S.K.I.G.` is one word to some and four to others.
        if op != "equal" and "".join(asked[i1:i2]) != "".join(said[j1:j2]):
            wanted, heard = " ".join(asked[i1:i2][:8]), " ".join(said[j1:j2][:8])
            return f'the engine said other words: "{heard}" for "{wanted}"'
    return ""


def _split_words(text: str) -> list[str]:
    words = re.findall(r"[^\W_]+", text.casefold().replace("'", "").replace("’", ""))
    return [_spelling(word) for word in words]


def _spelling(word: str) -> str:
    """Make British and American spellings one: an engine's transcript may have the other."""
    if len(word) < 5:
        return word
    return re.sub(
        r"([iy])s(e|ed|es|er|ers|ing|ation|ations)$", r"\1z\2", re.sub(r"our", "or", word)
    )
