"""The bank of a running service: taken from the store, where a process of its own has put it that reads YAML.

It is looked for when it is first asked for, so that a service without learners does nothing for them.
"""

import hashlib
import threading
from pathlib import Path

import structlog

from validator.catalogue.catalogue import Catalogue
from validator.rulebook.yaml.release_files import digest_rule_files
from validator.sandbox.sandbox import Sandbox, SandboxError
from validator.store.case_banks import load_case_bank, save_case_bank
from validator.store.database import Database, StoreError
from validator.training.bank_json import VERSION, CompiledBankError, compiled, restored
from validator.training.case_bank import Bank
from validator.training.errors import BankMissingError

LIMIT = 60.0  # seconds of processor time in which a bank of some thousand cases is read
_log = structlog.get_logger("kodevagt.training")


class Holding:
    """The bank of a folder. Threads may share it: one reads, the others wait."""

    def __init__(self, database: Database, folder: Path, sandbox: Sandbox) -> None:
        self._database = database
        self._folder = folder
        self._sandbox = sandbox
        self._lock = threading.Lock()
        self._bank: Bank | None = None

    def bank(self, catalogue: Catalogue) -> Bank:
        """The bank, the same for as long as the process runs. Raises BankMissingError."""
        if self._bank is None:
            with self._lock:
                if self._bank is None:
                    self._bank = self._found(catalogue)
        return self._bank

    def _found(self, catalogue: Catalogue) -> Bank:
        asked = f"{VERSION} {catalogue.identity} {digest_rule_files(self._folder)}"
        files = hashlib.sha256(asked.encode()).hexdigest()
        return self._kept(files) or self._read(files, catalogue)

    def _kept(self, files: str) -> Bank | None:
        try:
            text = load_case_bank(self._database, files)
            return None if text is None else restored(text)
        except (StoreError, CompiledBankError) as error:
            _log.warning("cases-not-kept", reason=str(error))
            return None

    def _read(self, files: str, catalogue: Catalogue) -> Bank:
        try:
            text, problems = self._sandbox.run(compile_folder, self._folder, catalogue, seconds=LIMIT)
        except SandboxError as error:
            _log.error("cases-not-read", reason=str(error) or type(error).__name__)
            raise BankMissingError from error
        for problem in problems:
            _log.error("case-not-read", problem=problem)
        if text is None:
            raise BankMissingError
        bank = restored(text)
        try:
            save_case_bank(self._database, files, text)
        except StoreError as error:
            _log.warning("cases-not-kept", reason=str(error))
        return bank


def compile_folder(folder: Path, catalogue: Catalogue) -> tuple[str | None, list[str]]:
    """The compiled bank of a folder without the cases that have errors, and these errors; no bank where nothing can be scored."""
    from validator.training.bank_reader import read_bank  # with the library that reads YAML

    read = read_bank(folder, catalogue)
    return (compiled(Bank(read.cases, read.scoring)) if read.scoring else None), list(map(str, read.errors))
