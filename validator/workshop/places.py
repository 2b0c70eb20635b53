"""Where things stand in the files of a release, so that a warning can point at them."""

from validator.rulebook.located import Located
from validator.rulebook.problems import Place
from validator.rulebook.release_reader import ReadRelease


class Places:
    """The places of a release's rules and courses; of what it takes from a release without files, its own head."""

    def __init__(self, read: ReadRelease) -> None:
        self._nodes = read.base.nodes
        self._head = read.head.row["extends"].place if "extends" in read.head.row else read.head.place

    def rule(self, name: str, *path: str | int) -> Place:
        """A rule, or what stands in it under some keys and numbers."""
        return self._find(("rules", name), path)

    def course(self, name: str, *path: str | int) -> Place:
        """The same of a course."""
        return self._find(("courses", name), path)

    def _find(self, key: tuple[str, str], path: tuple[str | int, ...]) -> Place:
        node: Located | None = self._nodes.get(key)
        if node is None:
            return self._head
        for step in path:
            node = node.value[step]
        return node.place
