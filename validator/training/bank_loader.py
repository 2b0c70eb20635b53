"""Load the bank of a service from the store, or compile it from YAML in a subprocess.

The bank is loaded at its first use, so that a service without learners does nothing for them.
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
from validator.training.bank_serialization import VERSION, CompiledBankError, dump_bank, restore_bank
from validator.training.case_bank import Bank
from validator.training.errors import BankMissingError

_MAX_SECONDS = 60.0  # of processor time; enough for a bank of some thousand cases
_log = structlog.get_logger("kodevagt.training")


class BankLoader:
    """Load the bank of a folder once.

    Threads may share the loader: one loads, the others wait.
    """

    def __init__(self, database: Database, folder: Path, sandbox: Sandbox) -> None:
        self._database = database
        self._folder = folder
        self._sandbox = sandbox
        self._lock = threading.Lock()
        self._bank: Bank | None = None

    def bank(self, catalogue: Catalogue) -> Bank:
        """Return the bank, the same for the lifetime of the process. Raises BankMissingError."""
        with self._lock:
            if self._bank is None:
                identity = f"{VERSION} {catalogue.identity} {digest_rule_files(self._folder)}"
                digest = hashlib.sha256(identity.encode()).hexdigest()
                self._bank = self._load_stored(digest) or self._compile(digest, catalogue)
            return self._bank

    def _load_stored(self, digest: str) -> Bank | None:
        try:
            text = load_case_bank(self._database, digest)
            return None if text is None else restore_bank(text)
        except (StoreError, CompiledBankError) as error:
            _log.warning("cases-not-kept", reason=str(error))
            return None

    def _compile(self, digest: str, catalogue: Catalogue) -> Bank:
        try:
            text, problems = self._sandbox.run(compile_folder, self._folder, catalogue, seconds=_MAX_SECONDS)
        except SandboxError as error:
            _log.error("cases-not-read", reason=str(error) or type(error).__name__)
            raise BankMissingError from error
        for problem in problems:
            _log.error("case-not-read", problem=problem)
        if text is None:
            raise BankMissingError
        bank = restore_bank(text)
        try:
            save_case_bank(self._database, digest, text)
        except StoreError as error:
            _log.warning("cases-not-kept", reason=str(error))
        return bank


def compile_folder(folder: Path, catalogue: Catalogue) -> tuple[str | None, list[str]]:
    """Return the compiled bank of the valid cases, and the errors of the folder.

    The bank is None without a scoring scheme.
    """
    from validator.training.bank_reader import read_bank  # imported late: needs the YAML library

    read = read_bank(folder, catalogue)
    return (dump_bank(Bank(read.cases, read.scoring)) if read.scoring else None), list(map(str, read.errors))
