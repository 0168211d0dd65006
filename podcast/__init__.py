"""presscast: a written magazine becomes a podcast that people choose to listen to.

Where to find what, from the command to the bytes:

    cli                 words of the command line to calls, errors to text
    config registry     podcast.toml; which adapter a word of it names
    make                an episode, or many: composes the stages below and owns their order
      read              1 a post becomes an Edition
      write             2 an Edition becomes a Script: template/, model/, the script file
      speak             3 a Script becomes Takes: engines/, casting, lexicon, checks, cache
      stitch            4 Takes become one MP3 with chapters
      tag               5 the MP3 gets its ID3 tag
      publish           6 feed, pages, transcripts, the post's facts, cover, mail; stores/
    newsroom            papers, feeds and pages become a written edition: sources/, desks/
    language            what is English about all this: language/english/
    document            Markdown and HTML become plain parts: used by read and newsroom
    frontmatter         read and rewrite front matter: used by read and publish
    services            a model's service: client, budget, prices
    check doctor        is what is published right? is what is needed here?
    init serve          a new show; the published folder over HTTP
    util                files, cache, lock: nothing that knows what a podcast is
    model errors        the words that all the others speak in
"""

__version__ = "0.1.0"
