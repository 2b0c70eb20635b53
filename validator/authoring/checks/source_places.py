"""The places of rules and courses in the files of a release, for warnings to point at."""

from collections.abc import Mapping

from validator.rulebook.yaml.located_yaml import Located
from validator.rulebook.yaml.problems import Place


class SourcePlaces:
    """The places of a release's rules and courses by their nodes; `elsewhere` is that of what is in no file that was read."""

    def __init__(self, nodes: Mapping[tuple[str, str], Located], elsewhere: Place) -> None:
        self._nodes = nodes
        self._elsewhere = elsewhere

    def rule(self, name: str, *path: str | int) -> Place:
        """A rule, or a value in it under some keys and numbers."""
        return self._find(("rules", name), path)

    def course(self, name: str, *path: str | int) -> Place:
        """The same of a course."""
        return self._find(("courses", name), path)

    def _find(self, key: tuple[str, str], path: tuple[str | int, ...]) -> Place:
        node: Located | None = self._nodes.get(key)
        if node is None:
            return self._elsewhere
        for step in path:
            node = node.value[step]
        return node.place
