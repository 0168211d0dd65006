"""Until there is one splitter."""
from podcast.language.english.sentence_edits import split_sentences
__all__=["split_sentences"]
