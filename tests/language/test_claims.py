"""A telling holds to its story: what that has may be said in whichever words, what it lacks is found."""

from __future__ import annotations

import pytest

from podcast.language.english.claims import SourceFacts, check_sentences

STORY = """Harbours that learn to listen

Three harbours put microphones under their quays. For 14 months they recorded 1,250 ferries, and a model
named Keelson-2 now tells a worn propeller from a sound one in 92.5% of cases. The port of Ostvik paid $1.5-2
billion kroner; the International Harbour Institute (IHI) calls the result "good enough to send a diver".

1. **Listen**: record.
2. **Compare**: find the difference.
3. **Send**: a diver looks.

The work began in July 2023 with Dr. Mirela Voss, whose earlier company raised $125M. LLMs took no part.
Reported by Tomas Okoye. Quayside Hour, Monday, 3 June 2024.
"""


def faults(spoken: str, source: str = STORY) -> list[str]:
    """What is wrong with a spoken text."""
    return [finding.what for finding in check_sentences(spoken, SourceFacts(source))]


@pytest.mark.parametrize(
    "spoken",
    [
        "For fourteen months they recorded twelve hundred and fifty ferries.",
        "It is right in ninety-two point five percent of cases.",
        "Ostvik paid one point five to two billion kroner.",
        "Ostvik paid 1.5 to 2 billion.",
        "Her company once raised a hundred and twenty-five million dollars.",
        "It raised $125 million.",
        "The work began in July twenty twenty-three.",
        "It works in three steps. First, it listens. Second, it compares. Third, a diver looks.",
        "One of them is Keelson Two, and no one knows why.",
        "Mirela Voss began it. But Voss is not alone: the I.H.I. agrees.",
        "The institute calls it “good enough to send a diver”.",
        'They call it "good enough".',
        "Monday, the third of June. I'm Tomas Okoye, and this is Quayside Hour.",
        "Harbours have begun to listen. Imagine that! Ferries pass, and AI hears them.",
        "An LLM took no part.",
        "Ostvik's harbour is the first.",
        "",
    ],
)
def test_what_the_story_has_may_be_said(spoken: str) -> None:
    """Numbers in words or digits, names in whole or in part, initials, quotations and the date pass."""
    assert faults(spoken) == []


@pytest.mark.parametrize(
    ("spoken", "fault"),
    [
        ("For forty months they recorded.", '"forty'),
        ("They recorded 1,520 ferries.", '"1,520"'),
        ("It is right in ninety-five point two percent.", '"ninety-five point two'),
        ("It raised nine hundred and five thousand.", '"nine hundred and five thousand"'),
        ("It raised 125 billion.", '"125 billion"'),
        ("It began in twenty twenty-one.", '"twenty twenty-one"'),
        ("It works in five steps.", '"five"'),
        ("The port of Bergholm paid.", 'name "Bergholm"'),
        ("They asked Elena Quist Larsen for it.", 'name "Elena Quist Larsen"'),
        ("Zorblax says no.", 'name "Zorblax"'),
        ("OpenHarbour runs it.", 'name "OpenHarbour"'),
        ("Northwind's model hears more.", 'name "Northwind"'),
        ("It beats Keelson-3.", 'name "Keelson-3"'),
        ("It began with Dr. Hallward.", 'name "Hallward"'),
        ("She called it “a bargain for the ages”.", '"a bargain for the ages"'),
        ('He said "good enough to send a fish".', '"good enough to send a fish"'),
    ],
)
def test_what_the_story_lacks_is_found(spoken: str, fault: str) -> None:
    """An invented number, name or quotation is named as it was said."""
    assert any(fault in what for what in faults(spoken))


def test_each_fault_is_named_once() -> None:
    """What is said twice is reported once."""
    said = "Bergholm. The port of Bergholm, and the mayor of Bergholm."
    assert [what for what in faults(said) if 'name "Bergholm"' in what] == faults(said)
