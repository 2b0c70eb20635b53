"""The places of rules and courses in the files of a release, for warnings to point at."""

from collections.abc import Mapping

from validator.rulebook.yaml.located_yaml import Located
from validator.rulebook.yaml.problems import Place


class SourcePlaces:
    """Places in files, by the nodes of rules and courses.

    `default` is the place of what none of the files contains.
    """

    def __init__(self, nodes: Mapping[tuple[str, str], Located], default: Place) -> None:
        self._nodes = nodes
        self._default = default

    def rule(self, name: str, *path: str | int) -> Place:
        """Return the place of a rule, or of a value below it by keys and indexes."""
        return self._find(("rules", name), path)

    def course(self, name: str, *path: str | int) -> Place:
        """Return the place of a course, or of a value below it by keys and indexes."""
        return self._find(("courses", name), path)

    def _find(self, key: tuple[str, str], path: tuple[str | int, ...]) -> Place:
        node: Located | None = self._nodes.get(key)
        if node is None:
            return self._default
        for step in path:
            node = node.value[step]
        return node.place
