"""What the stand-in writes: it reads the data in the prompt as a model would, and fills the schema asked for.

It is gullible on purpose: whatever follows `OBEY:` outside the data is said word for word. Inside the data it
is only read. So a story that breaks out of the data is heard.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any

INVENTED = (
    'Zorblax Industries paid 917 million dollars, and called it "a bargain for the ages".'
)


def answer(schema: str, messages: list[dict[str, Any]], kind: str) -> str:
    """The JSON that a model would give for the schema of that name."""
    prompt = "\n".join(
        str(message["content"]) for message in messages if message["role"] != "assistant"
    )
    blocks = re.compile(r"<data>\n(.*?)\n</data>", re.DOTALL)
    found = blocks.search(prompt)
    if not found:
        return "There is no data here."
    data = json.loads(found[1])
    outside = blocks.sub("", prompt)
    order = re.search(r"OBEY:(.*)", outside)
    made: dict[str, Any] = _WRITES[schema](data)
    extra = order[1].strip() if order else INVENTED if kind == "unfaithful" else ""
    if extra:
        _add(made, extra)
    if kind == "wordy":
        for turn in made.get("turns", []):
            turn["text"] = " ".join("again, " * n + turn["text"] for n in range(12))
        if "text" in made:
            made["text"] = " ".join([made["text"]] * 12)
    if kind == "we" and "text" in made:
        made["text"] = made["text"].replace("the authors", "we")
    if kind == "unknown" and "stories" in made:
        made["stories"][0].update(item=4711)
        made["stories"][-1].update(reporter="Nobody Atall")
    if kind == "bad-rundown":
        made["title"] = "Zorblax pays 917 million"
        made["stories"][0]["chapter"] = "Bought by Zorblax"
        made["stories"][1] = made["stories"][2]
    if kind == "flat":
        made["turns"] += [
            _turn("Zorba", "I was not invited."),
            _turn(data["presenter"], "All of them?"),
        ]
    if kind == "restless":
        halves = [part for turn in made["turns"] for part in turn["text"].split(", ")]
        names = (data["reporter"], data["presenter"])
        made["turns"] = [_turn(names[n % 2], half) for n, half in enumerate(halves)]
    if kind == "marked-up":
        _mark_up(made)
    if kind == "rambling":
        again = [_turn(each["speaker"], f"Once more: {each['text']}") for each in made["turns"]]
        made["turns"] += again
    if kind == "monologue":
        for turn in made["turns"]:
            turn["speaker"] = data["reporter"]
    if kind == "heavy-papers":
        _weigh_papers(data, made)
    if kind in _WEAKNESSES:
        _WEAKNESSES[kind](data, made)
    if kind == "no-evidence":
        made = {"sentences": [{**one, "words": []} for one in made["sentences"]]}
    return json.dumps(made)


def _all_turns(made: dict[str, Any]) -> list[dict[str, Any]]:
    if "title" in made:
        return []  # A rundown has none.
    parts = [
        made.get(part, []) for part in ("turns", "cold_open", "opening", "briefs", "close")
    ]
    parts += [bridge["turns"] for bridge in made.get("bridges", [])]
    return [turn for part in parts for turn in part]


def _parrot(data: dict[str, Any], made: dict[str, Any]) -> None:
    """The same question and the same answer, whatever the story is."""
    if "turns" in made:
        made["turns"] = [
            _turn(data["presenter"], "What does this mean for the people who listen to us?"),
            _turn(data["reporter"], "It means that everybody should keep an eye on all of it."),
        ] + [
            _turn(data["reporter"], f"It is {way} that this will change the way we all work.")
            for way in ("clear", "plain", "likely", "open", "doubtful", "certain")
        ]


def _stutter(data: dict[str, Any], made: dict[str, Any]) -> None:
    for turn in _all_turns(made):
        turn["text"] = f"{turn['text']} {turn['text']}"


def _decorate(data: dict[str, Any], made: dict[str, Any]) -> None:
    for turn in _all_turns(made):
        first, _, rest = turn["text"].partition(" ")
        turn["text"] = f"(laughs) **{first}** {rest} \U0001f680"


def _disclaim(data: dict[str, Any], made: dict[str, Any]) -> None:
    for turn in _all_turns(made)[::2]:
        turn["text"] += " As an AI language model, I cannot verify any of this."


def _invent_people(data: dict[str, Any], made: dict[str, Any]) -> None:
    for number, turn in enumerate(_all_turns(made)):
        turn["speaker"] = ("Sarah", "Guest 1", "Narrator")[number % 3]


def _skip_all(data: dict[str, Any], made: dict[str, Any]) -> None:
    for planned in made.get("stories", []) if "title" in made else []:
        planned.update(skip="not interesting", words=0)


def _run_on(data: dict[str, Any], made: dict[str, Any]) -> None:
    """Chapter titles that are whole sentences."""
    for planned in made.get("stories", []) if "title" in made else []:
        title = data["stories"][planned["story"] - 1]["title"]
        planned["chapter"] = f"{title}, and everything that there is to know about {title}"


_WEAKNESSES = {
    "parrot": _parrot,
    "stutter": _stutter,
    "decorated": _decorate,
    "disclaiming": _disclaim,
    "invented-people": _invent_people,
    "skip-all": _skip_all,
    "long-chapters": _run_on,
}


def _mark_up(made: dict[str, Any]) -> None:
    turns = made.get("turns") or made["opening"]
    turns[0]["text"] += ' [sting] **Now** <break time="9s"/> listen.'
    turns[0]["direction"] = "<script>alert(1)</script>"
    turns[-1].update(direction="amused", pause=3600)


def _weigh_papers(data: dict[str, Any], made: dict[str, Any]) -> None:
    """Papers last, and as long as all may be; the others as short as can be."""
    papers = {story["story"] for story in data["stories"] if story["paper"]}
    made["stories"].sort(key=lambda planned: planned["story"] in papers)
    for planned in made["stories"]:
        is_paper = planned["story"] in papers
        planned["words"] = data["words"] // len(papers) if is_paper else 40


def _add(made: dict[str, Any], extra: str) -> None:
    if "turns" in made:
        made["turns"][0]["text"] += f" {extra}"
    elif "opening" in made:
        made["opening"][0]["text"] += f" {extra}"
    else:
        made["text" if "text" in made else "subtitle"] += f" {extra}"


def _sentences(text: str) -> list[str]:
    text = re.sub(r"^\s*(?:[-*]|\d+\.)\s+", "", text, flags=re.MULTILINE)
    text = re.sub(r"[*_`#>]", "", text)
    return [s.strip() for s in re.split(r"(?<=[.!?])\s+", " ".join(text.split())) if s.strip()]


def _turn(speaker: str, text: str) -> dict[str, Any]:
    return {"speaker": speaker, "text": text, "direction": "", "pause": 0}


def _rundown(data: dict[str, Any]) -> dict[str, Any]:
    """All stories in their order, in equal parts, but for those whose text says that it is broken."""
    planned = []
    told = [story for story in data["stories"] if "BROKEN" not in story["body"]]
    for story in data["stories"]:
        place = story["story"]
        planned.append(
            {
                "story": place,
                "skip": "" if story in told else "its text is broken",
                "words": round(data["words"] / max(1, len(told))) if story in told else 0,
                "chapter": " ".join(story["title"].split()[:4])[:38].rstrip(" .,:;-"),
                "angle": "What is new in it, who says so, and what it leaves open; a doubt on the way there "
                "about whether it holds outside, and what nobody has tried yet.",
                "begins": f"With the thing itself, number {place}.",
                "ends": f"On what nobody knows, number {place}.",
                "link": "It turns to something else after the one before.",
                "runs_on": False,
                "voices": [],
            }
        )
    return {
        "title": " ".join(told[0]["title"].split()[:8])[:78],
        "thread": "Two of them are about the same thing, seen from two sides, and one of those is ours.",
        "cold_open": "The first one, at the moment in which somebody notices.",
        "stories": planned,
        "briefs": [headline["headline"] for headline in data["headlines"][:3]],
    }


def _story(data: dict[str, Any]) -> dict[str, Any]:
    """The story's own sentences up to the length asked for, each a turn of the reporter's."""
    wanted, said = data["words"], 0
    reporter, presenter = data["reporter"], data["presenter"]
    turns: list[dict[str, Any]] = []
    sentences = [each for each in _sentences(data["story"]["body"]) if len(each.split()) < 60]
    for number, sentence in enumerate(sentences):
        if said and said + len(sentence.split()) / 2 > wanted:
            break
        said += len(sentence.split())
        is_new = (
            not turns or turns[-1]["speaker"] != reporter or len(turns[-1]["text"].split()) > 20
        )
        if is_new:
            turns.append(_turn(reporter, sentence))
        else:
            turns[-1]["text"] += f" {sentence}"
        if number % 3 == 0 and reporter != presenter and said < wanted:
            turns.append(_turn(presenter, "And what follows then?"))
            said += 4
    return {"turns": turns}


_PARTING = "That is all for now, and whoever wants to know more finds it where we found it, one link for each."
_MANNERS = "We take our time with each of them, and we say who says what, as we do on every day of the week."


def _frame(data: dict[str, Any]) -> dict[str, Any]:
    presenter = data["presenter"]
    titles = [story["chapter"] for story in data["stories"]]
    bridges = []
    for number, story in enumerate(data["stories"]):
        lead = "We begin with" if number == 0 else "Next," if number % 2 else "And now,"
        who = "" if story["reporter"] == presenter else f" {story['reporter']} has read it."
        title = titles[number].rstrip(".?!")
        talk = (
            f"It is one of today's, and we take {title} as it comes, one thing after another."
        )
        text = f"{lead} {title}. {talk}{who}"
        bridges.append({"story": story["story"], "turns": [_turn(presenter, text)]})
    reporters = " and ".join(
        dict.fromkeys(s["reporter"] for s in data["stories"] if s["reporter"] != presenter)
    )
    with_me = f" With me are {reporters}." if reporters else ""
    greeting = f"Good morning. It is {data['date']}, and this is {data['show']}. I am {presenter}.{with_me}"
    coming = "Coming up: " + "; ".join(title.rstrip(".?!") for title in titles[:3]) + "."
    close = f"That was {data['show']} for {data['date']}. Every source is in the show notes."
    thanks = f"With {reporters}, I am {presenter}." if reporters else f"I am {presenter}."
    return {
        "cold_open": [
            _turn(presenter, f"{titles[0].rstrip('.?!')}. That is where we start today.")
        ],
        "opening": [_turn(presenter, each) for each in (greeting, coming, _MANNERS)],
        "bridges": bridges,
        "briefs": [_turn(presenter, f"{title.rstrip('.?!')}.") for title in data["headlines"]],
        "close": [_turn(presenter, f"{close} {_PARTING} {thanks} Until next time.")],
    }


def _evidence(data: dict[str, Any]) -> dict[str, Any]:
    """Behind each sentence is the source's that shares most words with it."""
    source = _sentences(data["source"])
    shown = []
    for sentence in data["sentences"]:
        is_claim = not sentence["text"].endswith("?")
        words = set(re.findall(r"\w+", sentence["text"].lower()))
        nearest = max(
            source, key=lambda each: len(words & set(re.findall(r"\w+", each.lower())))
        )
        shown.append(
            {"sentence": sentence["sentence"], "is_claim": is_claim, "words": [nearest]}
        )
    return {"sentences": shown}


def _casting(data: dict[str, Any]) -> dict[str, Any]:
    pool = [voice["id"] for voice in data["voices"]]
    people = [person["name"] for person in data["people"]]
    return {
        "choices": [
            {"name": n, "voice": pool[-1 - i % len(pool)]} for i, n in enumerate(people)
        ]
    }


def _choice(data: dict[str, Any]) -> dict[str, Any]:
    """The last items first, papers no more than may be; reporters by turns."""
    chosen: list[dict[str, Any]] = []
    for item in reversed(data["items"]):
        papers = sum(one["paper"] for one in chosen)
        if len(chosen) < data["stories"] and not (item["paper"] and papers >= data["papers"]):
            chosen.append(item)
    names = [person["name"] for person in data["reporters"]]
    title = chosen[0]["title"].partition(":")[0]
    stories = [
        {"item": item["item"], "reporter": names[i % len(names)]}
        for i, item in enumerate(chosen)
        if names
    ]
    return {
        "title": title,
        "subtitle": f"Also: {chosen[-1]['title'].partition(':')[0]}",
        "stories": stories,
    }


_MANNER = (
    "You have done other work before, on a ferry and in a kitchen, and it shows: you measure twice, you name "
    "who pays, and you stop when you have said it. You never raise your voice, and you like an exact verb. "
    "Readers write to you by hand."
)


def _hiring(data: dict[str, Any]) -> dict[str, Any]:
    people = [
        {"name": name, "persona": f"You are {name}, and you tell of {beat}. {_MANNER}"}
        for name, beat in (
            ("Ottilie Quarm", "birds and bread"),
            ("Bram Oyelaran", "whatever is left"),
        )
    ]
    return {**_choice({**data, "reporters": people}), "reporters": people}


def _summary(data: dict[str, Any]) -> dict[str, Any]:
    kept: list[str] = []
    for sentence in _sentences(data["story"]["text"]):
        told = "".join(
            part
            if part.startswith('"')
            else re.sub(r"\bour\b", "their", re.sub(r"\b[Ww]e\b", "the authors", part))
            for part in re.split(r'("[^"]*")', sentence)
        )
        if len(" ".join([*kept, told]).split()) <= data["words"] and "http" not in told:
            kept.append(told)
    return {"text": " ".join(kept)}


_WRITES = {
    "Rundown": _rundown,
    "Evidence": _evidence,
    "SpokenStory": _story,
    "SpokenFrame": _frame,
    "Casting": _casting,
    "EditorsChoice": _choice,
    "EditorsHiring": _hiring,
    "WrittenSummary": _summary,
}


def shape_of(keys: Iterable[str]) -> str:
    """The shape that has these keys, in their order."""
    return _SHAPES[" ".join(keys)]


_SHAPES = {
    "turns": "SpokenStory",
    "title thread cold_open stories briefs": "Rundown",
    "cold_open opening bridges briefs close": "SpokenFrame",
    "sentences": "Evidence",
    "choices": "Casting",
    "title subtitle stories": "EditorsChoice",
    "title subtitle stories reporters": "EditorsHiring",
    "text": "WrittenSummary",
}
