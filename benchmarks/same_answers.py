"""Whether the working tree answers as a commit does: `python -m benchmarks.same_answers COMMIT`.

20,000 contacts of the benchmark stream, and every request that the quick tests make, go through both. What two runs of one commit
answer differently is normalized (`benchmarks/replay.py` lists it, with the reasons). The exit code is 1 when an answer differs.
"""

import argparse
import difflib
import io
import itertools
import json
import os
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from benchmarks.contacts import contacts
from benchmarks.replay import LIBRARY, Line, request_line

ROOT = Path(__file__).parent.parent
CONTACTS = 20_000
SHOWN, SHOWN_LINES, SHOWN_BODY = 10, 20, 300
# The tests in these folders start programs of their own, whose requests are not recorded, or make no requests.
_LEFT_OUT = ("benchmarks", "browser", "cli", "endurance", "engines", "generative", "rulebook")
_QUICK = ["tests", *(f"--ignore=tests/{folder}" for folder in _LEFT_OUT), "-m", "not slow and not soak", "-n", "2"]
_PLUGINS = ["-p", "no:cacheprovider", "-p", "benchmarks.recording"]
# One language in ten contacts is not the default, and one code in a hundred is of another system.
_LANGUAGES = (None,) * 9 + ("en",) + (None,) * 9 + ("sv",)
_FOREIGN = ("M17.1", "DM171", "G35", "S839", "L999")


def stream(count: int) -> Iterator[Line]:
    """The requests of `count` contacts of the benchmark stream."""
    foreign = itertools.cycle(_FOREIGN)
    for number, (contact, language) in enumerate(zip(contacts(count), itertools.cycle(_LANGUAGES), strict=False)):
        if number % 100 == 0:
            contact["encounter"]["diagnoses"][0]["code"] = next(foreign)
        yield request_line("stream", json.dumps(contact).encode(), language)


def record(folder: Path, *tests: str) -> None:
    """Run the quick tests, or those named, and write their requests into a folder."""
    folder.mkdir()
    result = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", *_PLUGINS, *(tests or _QUICK)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "RECORDED": str(folder)},
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    print(f"tests: {result.stdout.rstrip().splitlines()[-1]}", flush=True)


def recorded(folder: Path) -> list[Line]:
    """The requests in a folder, those of an application in their order; what the library was asked, once each."""
    apps: dict[str, list[Line]] = {}
    for path in sorted(folder.glob("*.jsonl")):
        for text in path.read_text(encoding="ascii").splitlines():
            line = json.loads(text)
            apps.setdefault(line["app"], []).append(line)
    library = {line["body"]: line for line in apps.pop(LIBRARY, [])}
    return [*itertools.chain(*apps.values()), *library.values()]


def check_out(commit: str, folder: Path) -> Path:
    """The files of a commit in a folder."""
    archive = subprocess.run(["git", "archive", commit], cwd=ROOT, stdout=subprocess.PIPE, check=True).stdout  # noqa: S607
    with tarfile.open(fileobj=io.BytesIO(archive)) as files:
        files.extractall(folder, filter="data")
    return folder


def answers(trees: list[Path], requests: Iterable[Line], folder: Path) -> Iterator[tuple[str, ...]]:
    """For each request the answers of the trees, which run beside each other."""
    (folder / "requests").write_text("".join(json.dumps(line) + "\n" for line in requests), encoding="ascii")
    environment = {name: value for name, value in os.environ.items() if not name.startswith("KODEVAGT_")}
    environment["PYTHONHASHSEED"] = "0"  # sets have the same order in every tree, such as the methods of `Allow`
    files, processes = [], []
    for number, tree in enumerate(trees):
        files.append(folder / f"answers-{number}")
        script = [sys.executable, "-P", str(ROOT / "benchmarks" / "replay.py"), str(folder / "requests"), str(files[-1])]
        own = environment | {"PYTHONPATH": str(tree)}
        processes.append(subprocess.Popen(script, cwd=folder, env=own, stdout=subprocess.DEVNULL))
    ended = [process.wait() for process in processes]
    if any(ended):
        raise SystemExit("same_answers: a tree could not answer")
    return zip(*(file.read_text(encoding="ascii").splitlines() for file in files), strict=True)


def difference(line: Line, before: str, after: str) -> str:
    """A request, and the lines in which its answers differ."""
    environ = line["environ"]
    query = f"?{environ['QUERY_STRING']}" if environ.get("QUERY_STRING") else ""
    title = f"{environ['REQUEST_METHOD']} {environ['PATH_INFO']}{query} {line['body'][:SHOWN_BODY]}"
    lines = difflib.unified_diff(_lines(before), _lines(after), "before", "after", n=1, lineterm="")
    return "\n".join([title, *(f"    {text}" for text in itertools.islice(lines, SHOWN_LINES))])


def _lines(answer: str) -> list[str]:
    """An answer in lines that can be compared by eye: JSON and HTML come in one."""
    content = json.loads(answer)
    head, _, body = content["answer"].encode("latin-1").decode("utf-8", "replace").partition("\n\n")
    return [content["status"], *head.split("\n"), *body.replace(",", ",\n").replace("><", ">\n<").split("\n")]


def compare(trees: list[Path], requests: list[Line]) -> bool:
    """Print how many answers of two trees are equal and the first that are not; whether all are."""
    with tempfile.TemporaryDirectory() as folder:
        found = answers(trees, requests, Path(folder))
        different = [(line, before, after) for line, (before, after) in zip(requests, found, strict=True) if before != after]
    for line, before, after in different[:SHOWN]:
        print(difference(line, before, after))
    print(f"{len(requests) - len(different):,} equal, {len(different):,} different")
    return not different


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.same_answers", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("commit", help="what the working tree is compared with")
    parser.add_argument("--requests", type=Path, help="folder with the requests of the tests; they are recorded into it if missing")
    parser.add_argument("--contacts", type=int, default=CONTACTS, help="how many contacts of the stream (%(default)s)")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        tree = check_out(chosen.commit, Path(temporary, "tree"))
        folder = chosen.requests or Path(temporary, "requests")
        if not folder.is_dir():
            record(folder)
        requests = [*recorded(folder), *stream(chosen.contacts)]
        print(f"{len(requests) - chosen.contacts:,} requests of the tests, {chosen.contacts:,} contacts", flush=True)
        return 0 if compare([tree, ROOT], requests) else 1


if __name__ == "__main__":
    sys.exit(main())
