"""The shipped rule files, spoilt at random: they are read or refused with problems, and nothing else ever comes of it."""

import random
import shutil
from pathlib import Path

import pytest

from validator.catalogue import Catalogue
from validator.rulebook import Problem, RulebookError, read_folder

SHIPPED = Path(__file__).parent.parent.parent / "rules" / "dk" / "ekm-2024-11"
WEIGHTS = {"courses.yaml": 5, "general.yaml": 4, "pack.yaml": 3}
COPIES = 500
BYTES = b"\x00\t\n\r :-#&*!|>{}[]\"'%@`,?0159aL\xc3\xa5\xff"


def spoilt(content: bytes, chance: random.Random) -> bytes:
    """The content with one to five bytes or lines changed, lost, moved or doubled."""
    for _ in range(chance.randint(1, 5)):
        if chance.random() < 0.5:
            place = chance.randrange(len(content) + 1)
            put = bytes(chance.choices(BYTES, k=chance.randint(0, 3)))
            content = content[:place] + put + content[place + chance.randint(0, 3) :]
        else:
            lines = content.splitlines(keepends=True) or [b""]
            place, other = chance.randrange(len(lines)), chance.randrange(len(lines))
            change = chance.choice(["lose", "double", "swap", "indent", "outdent"])
            if change == "lose":
                del lines[place]
            elif change == "double":
                lines.insert(other, lines[place])
            elif change == "swap":
                lines[place], lines[other] = lines[other], lines[place]
            else:
                lines[place] = b"  " + lines[place] if change == "indent" else lines[place].lstrip(b" ")
            content = b"".join(lines)
    return content


def problems_of(folder: Path, catalogue: Catalogue) -> list[Problem]:
    try:
        (release,) = read_folder(folder, catalogue)
    except RulebookError as error:
        return error.problems
    assert release.digest("edition")
    return []


@pytest.mark.slow
def test_a_spoilt_file_is_read_or_refused(tmp_path: Path, catalogue: Catalogue) -> None:
    chance = random.Random(2024)
    refused = 0
    for number in range(COPIES):
        (file,) = chance.choices(list(WEIGHTS), list(WEIGHTS.values()))
        folder = tmp_path / str(number) / "dk" / SHIPPED.name
        folder.mkdir(parents=True)
        # The other file of courses or rules is left out: it would only be read again.
        shutil.copy(SHIPPED / "pack.yaml", folder)
        content = spoilt((SHIPPED / file).read_bytes(), chance)
        (folder / file).write_bytes(content)
        try:
            problems = problems_of(folder, catalogue)
            places = [str(problem).startswith(f"{folder / file}:{problem.place.line}:") for problem in problems]
        except Exception as error:
            raise AssertionError(f"copy {number} of {file}: {content!r}") from error
        assert all(places)
        refused += bool(problems)
    assert COPIES / 4 < refused < COPIES
