"""The YAML of front matter: text, lists and mappings alone, each with its place."""

from __future__ import annotations

import yaml


def load_yaml(text: str) -> tuple[yaml.Node | None, object]:
    """Load YAML as its outermost node and its values; None and an empty mapping for nothing.

    Raises yaml.YAMLError, and RecursionError for what is nested too deeply.
    """
    loader = _Loader(text)
    try:
        node = loader.get_single_node()
        return node, loader.construct_document(node) if node else {}
    finally:
        loader.dispose()


class _Loader(yaml.BaseLoader):
    """Knows text, lists and mappings alone: a title `1984` or `No` stays what is written.

    Refuses aliases, which can make a short text expand without end.
    """

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            mark = self.peek_event().start_mark  # type: ignore[no-untyped-call]
            raise yaml.composer.ComposerError(
                None, None, "an alias (*name) is not allowed", mark
            )
        return super().compose_node(parent, index)
