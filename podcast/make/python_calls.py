"""What `import podcast` offers to other programs: each stage of a make as one call."""

from __future__ import annotations

import datetime as dt

from podcast.config import read_clock
from podcast.make.crew import Crew, MakingRules
from podcast.make.one_edition import make_one
from podcast.make.release import rebuild_feed
from podcast.make.scripts import provide_script
from podcast.make.show_paths import work_folder
from podcast.model import Edition, Episode, Script, Show, Usd
from podcast.registry import AUTO, auto_engine, open_engine, open_writer
from podcast.services.prices import Budget
from podcast.speak import Engine
from podcast.util.lock import only_run
from podcast.write import Writer


def write_script(
    show: Show, edition: Edition, *, writer: Writer | str = "", rewrite: bool = False
) -> Script:
    """Write an edition's script and save it in the show's `scripts/`.

    `writer` is one of your own, or the name of one; the show's when it is left out. A script
    that is saved already is given back as it stands, unless `rewrite`: then the old one is kept
    beside the new one.

    Raises PodcastError.
    """
    rules = MakingRules(rewrite=rewrite)
    with only_run(work_folder(show), edition.slug):
        ready = provide_script(show, edition, _find_writer(show, writer, Budget()), rules)
    return ready.script


def make_episode(
    show: Show,
    edition: Edition,
    *,
    engine: Engine | str = "",
    writer: Writer | str = "",
    budget: float | None = None,
    now: dt.datetime | None = None,
) -> Episode:
    """Make an edition's episode and publish it, as `podcast make` does.

    `engine` and `writer` are of your own, or names; the show's when they are left out. A saved
    script is used as it stands. `budget` is the most that may be spent, in US dollars; `now` an
    aware moment, this machine's clock when it is left out.

    Raises PodcastError; what was published before is untouched then.
    """
    allowed = Budget(None if budget is None else Usd(budget))
    moment = now or read_clock()
    crew = Crew(
        engine=_find_engine(show, engine, allowed),
        writer=_find_writer(show, writer, allowed),
        now=lambda: moment,
    )
    return make_one(show, edition, crew).episode


def publish_feed(show: Show) -> int:
    """Write the feed and all pages again from the episodes' records; the number of episodes.

    Raises PublishError.
    """
    return rebuild_feed(show)


def _find_engine(show: Show, engine: Engine | str, budget: Budget) -> Engine:
    if not isinstance(engine, str):
        return engine

    name = engine or show.voices.engine
    if name == AUTO:
        name = auto_engine(show)
    return open_engine(name, show, budget)


def _find_writer(show: Show, writer: Writer | str, budget: Budget) -> Writer:
    if not isinstance(writer, str):
        return writer
    return open_writer(writer or show.writer.name, show, budget)
