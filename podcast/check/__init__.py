"""Proof that what is published is right.

Files, sound, tags, feed and pages, each read back by itself.

Nothing is believed that can be counted: the MP3 is walked frame by frame and measured, the
feed's lengths are compared with the files, and every form of chapters and transcript with the
record.

checking       all checks together
rebuilt_files  what is published against what records, settings and assets give, byte for byte
"""

from podcast.check.checking import check_addresses, check_show, check_store
from podcast.check.fault import Fault

__all__ = ["Fault", "check_addresses", "check_show", "check_store"]
