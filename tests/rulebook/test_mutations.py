"""Randomly mutated rule files are read or refused with problems, and never raise anything else."""

import datetime
import random
import shutil
import time
from pathlib import Path

import pytest

from validator.authoring.checks.release_check import check_folder
from validator.catalogue.catalogue import Catalogue

SHIPPED = Path(__file__).parent.parent.parent / "rules" / "dk" / "ekm-2024-11"
WEIGHTS = {"courses.yaml": 5, "general.yaml": 4, "pack.yaml": 3}
SECONDS = 2.0  # of processor time, in `make soak`
MANY = 10_000
AS_OF = datetime.date(2026, 1, 1)
BYTES = b"\x00\t\n\r :-#&*!|>{}[]\"'%@`,?0159aL\xc3\xa5\xff"


def mutate(content: bytes, chance: random.Random) -> bytes:
    """Return the content with one to five bytes or lines changed, deleted, moved or duplicated."""
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


@pytest.mark.parametrize(
    ("copies", "seed"),
    [
        pytest.param(150, 2024, marks=pytest.mark.slow),
        pytest.param(MANY, random.SystemRandom().getrandbits(32), marks=pytest.mark.soak, id="10000 from a new seed"),
    ],
)
def test_a_mutated_file_is_read_or_refused(copies: int, seed: int, tmp_path: Path, catalogue: Catalogue) -> None:
    chance = random.Random(seed)
    refused = doubtful = 0
    slowest = 0.0
    for number in range(copies):
        (file,) = chance.choices(list(WEIGHTS), list(WEIGHTS.values()))
        folder = tmp_path / "dk" / SHIPPED.name
        folder.mkdir(parents=True)
        for whole in ("pack.yaml", "courses.yaml") if file == "general.yaml" else ("pack.yaml",):
            shutil.copy(SHIPPED / whole, folder)  # only the files that the mutated one refers to
        content = mutate((SHIPPED / file).read_bytes(), chance)
        (folder / file).write_bytes(content)
        started = time.process_time()
        try:
            report = check_folder(folder, catalogue, AS_OF)
            lines = list(map(str, report.problems))
        except Exception as error:
            raise AssertionError(f"copy {number} of {file}, seed {seed}: {content!r}") from error
        slowest = max(slowest, time.process_time() - started)
        assert slowest < SECONDS or copies < MANY
        assert all(line.startswith(f"{folder}/") for line in lines)
        assert all(item.excerpt or not item.line.strip() for item in report.problems)
        assert bool(report.releases) is report.readable
        assert report.readable or report.errors
        assert all(release.digest("edition") for release in report.releases)
        refused += bool(report.errors)
        doubtful += bool(report.warnings)
        shutil.rmtree(tmp_path / "dk")
    print(f"\n{copies} mutated files, seed {seed}: {refused} refused, {doubtful} with warnings, slowest {slowest:.2f} s")
    assert copies / 4 < refused < copies
    assert doubtful
