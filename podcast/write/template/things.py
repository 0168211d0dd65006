"""Nouns of things, of which a sentence may go on with `it`."""

from __future__ import annotations

THINGS = "|".join(
    """
    guide report study paper article piece survey post event conference session update
    webinar course list summary overview workshop program programme tool system platform
    model benchmark framework feature app service project bill law initiative proposal
    exhibition museum festival book film album show library site tracker technology robot
    satellite company firm startup method approach device chip algorithm network dataset
    mission collaboration partnership legislation strategy suite summit software hub funding
    act rule agreement deal plan campaign bridge ship train building video song map family
    series division forum presentation innovation router introduction component release
    launch analysis architecture integration advancement solution technique document story
    chatbot drone engine website group center centre
    """.split()
)
