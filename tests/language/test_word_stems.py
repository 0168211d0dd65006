"""Stems of words, from several threads at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import snowballstemmer  # type: ignore[import-untyped]

from podcast.language.english.word_stems import find_stem


def test_threads_do_not_spoil_each_others_stems() -> None:
    """Many threads get the stems that one gets."""
    words = [f"{head}{tail}" for head in range(2000) for tail in ("ationalities", "ingly")]
    wanted = snowballstemmer.stemmer("english").stemWords(words)
    find_stem.cache_clear()
    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(find_stem, words)) == wanted
