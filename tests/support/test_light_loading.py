"""What is loaded lightly works as it otherwise does, and what was put off is done when it is asked for."""

import subprocess
import sys

SCRIPT = """
import gc, re, sys
from validator.support.light_loading import light_loading

compile = re.compile
with light_loading():
    import marshmallow
    assert not gc.isenabled()
    assert not isinstance(marshmallow.validate.Email.DOMAIN_REGEX, re.Pattern)
assert re.compile is compile and gc.isenabled() and gc.get_freeze_count() > 1000
assert "rich" not in sys.modules and "structlog" in sys.modules

email = marshmallow.validate.Email()
print(email("ekm@example.dk"), marshmallow.validate.Email.USER_REGEX.pattern[:2])
try:
    email("ekm@")
except marshmallow.ValidationError:
    print("refused")

import rich.console  # may still be had
try:
    with light_loading():
        raise KeyError
except KeyError:
    print(re.compile is compile, gc.isenabled())
"""


def test_what_was_put_off_is_done_when_it_is_asked_for() -> None:
    done = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == ["ekm@example.dk (^", "refused", "True True"]
