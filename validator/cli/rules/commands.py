"""`kodevagt rules`: commands for the owner of the rule files.

Exit codes: 0 for success, 1 for errors in a rule file or a wrong example, 2 for a call that cannot be done.
"""

import click

from validator.cli.rules.check import check
from validator.cli.rules.diff import diff
from validator.cli.rules.draft import draft
from validator.cli.rules.exchange import export, import_, signing_key
from validator.cli.rules.explain import explain
from validator.cli.rules.impact import impact
from validator.cli.rules.publish import activate, publish, releases
from validator.cli.rules.schema import schema
from validator.cli.rules.test import test
from validator.cli.rules.timeline import timeline


@click.group(
    commands=[
        activate,
        check,
        diff,
        draft,
        explain,
        export,
        impact,
        import_,
        publish,
        releases,
        schema,
        signing_key,
        test,
        timeline,
    ]
)
def rules() -> None:
    """Regelfilerne: kontrollér, prøv, forklar og sammenlign dem."""
