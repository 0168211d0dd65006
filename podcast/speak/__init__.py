"""Stage 3: a Script becomes Takes.

engine_protocol   what an engine is
planned_takes     what speaking a script would take
script_speaking   its takes, in their order
take_making       one take: spoken, checked, kept
"""

from podcast.speak.engine_protocol import Engine, PhonemeEngine
from podcast.speak.planned_takes import PlannedTake, plan_takes
from podcast.speak.script_speaking import speak_planned, speak_script

__all__ = [
    "Engine",
    "PhonemeEngine",
    "PlannedTake",
    "plan_takes",
    "speak_planned",
    "speak_script",
]
