"""presscast: a written magazine becomes a podcast that people choose to listen to.

Where to find what, from the command to the bytes:

    cli                 words of the command line to calls, errors to text
    config adapters     podcast.toml; which adapter a word of it names
    make                an episode, or many: composes the stages below and owns their order
      read              1 a post becomes an Edition            sources
      write             2 an Edition becomes a Script          writers, script, faithful
      speak             3 a Script becomes Takes               engines, cast, lexicon, takes, play
      stitch            4 Takes become one MP3 with chapters
      tag               5 the MP3 gets its ID3 tag             cover
      publish           6 feed, pages, transcripts, the post   stores, colour, hub
    newsroom            papers and feeds become a written edition
      fetch tidy        bytes from the web; text out of what pages hold
      edit edition      the desk; the edition as a post        staff, terms
      archive recall    related headlines of earlier editions
      mail              the edition as a mail
    check doctor        is what is published right? is what is needed here?
    init serve          a new show; a preview                  defaults
    verbalize text      how English is said; what XML and HTML can take
    prices openai_service   what models cost, and how they are reached
    cache files lock toml   files: lost without harm, written whole, one run at a time
    model errors        the words that all the others speak in
"""

__version__ = "0.1.0"
