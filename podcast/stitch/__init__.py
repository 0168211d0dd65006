"""Stage 4: Takes become one MP3 with chapters, levelled and mastered.

clips      measure: each clip once, in cells of 4 ms: loudness, true peak, where its sound
begins and ends timeline   place: pauses, chapters on whole seconds: the episode in counted
frames levels     level: a gain for every voice, from the cells alone encoding   encode: each
segment by itself; listen to what came out, and again where it peaks too high joining    join:
an Info frame and the segments' frames, front to back, as they are asked for
"""

from podcast.stitch.joining import stitch_takes
from podcast.stitch.mp3 import OutputFormat

__all__ = ["OutputFormat", "stitch_takes"]
