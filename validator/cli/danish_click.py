"""click's own messages and help pages in Danish: errors in a call, usage lines, headings and the help of `--help`."""

import re
from collections.abc import Iterable, Iterator, Sequence

import click

from validator.cli.messages import DanishError
from validator.texts import danish_text

_EXTRA_ARGUMENTS = re.compile(r"Got unexpected extra arguments? \((.*)\)", re.DOTALL)
_NO_VALUE = "does not take a value"
_USAGE = {"[OPTIONS]": "[TILVALG]", "COMMAND [ARGS]...": "KOMMANDO [ARGUMENTER]..."}
_METAVARS = {"INTEGER RANGE": "TAL", "INTEGER": "TAL", "TEXT": "TEKST", "FILENAME": "FIL", "PATH": "STI", "FILE": "FIL"}
_METAVAR = re.compile(f" ({'|'.join(_METAVARS)})$")
_HELP = {
    "Show this message and exit.": "click.help",
    "Show the version and exit.": "click.version",
    "Options": "click.options",
    "Commands": "click.commands",
}
_EXTRAS = {"[required]": "click.required", "[default: ": "click.default"}


class DanishFormatter(click.HelpFormatter):
    """Help pages with click's own words in Danish."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        for english, danish in _USAGE.items():
            args = args.replace(english, danish)
        super().write_usage(prog, args, prefix or f"{danish_text('click.usage')} ")

    def write_heading(self, heading: str) -> None:
        super().write_heading(_danish(heading))

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        danish = [(_METAVAR.sub(lambda found: f" {_METAVARS[found[1]]}", first), _danish(second)) for first, second in rows]
        super().write_dl(danish, col_max, col_spacing)


class DanishContext(click.Context):
    """A context whose help pages are in Danish."""

    formatter_class = DanishFormatter


class DanishUsageError(DanishError):
    """A call that cannot be done, with the usage of its command before the sentence."""

    exit_code = click.UsageError.exit_code

    def __init__(self, error: click.UsageError) -> None:
        super().__init__(_sentence(error))
        self._context = error.ctx

    def preamble(self) -> Iterator[str]:
        if self._context is not None:
            yield self._context.get_usage()
            yield danish_text("click.see-help", command=self._context.command_path)
            yield ""


def use_danish(command: click.Command) -> click.Command:
    """Let a command and the commands below it write their help pages in Danish."""
    command.context_class = DanishContext
    for inner in command.commands.values() if isinstance(command, click.Group) else ():
        use_danish(inner)
    return command


def danish_error(error: click.ClickException) -> click.ClickException:
    """Return an error of click's own in Danish, any other unchanged."""
    if isinstance(error, click.exceptions.NoArgsIsHelpError) or not isinstance(error, click.UsageError):
        return error
    return DanishUsageError(error)


def _sentence(error: click.UsageError) -> str:
    match error:
        case click.MissingParameter(param=click.Option() as option):
            return danish_text("click.missing-option", option=_name(option), choices=_choices(option)).rstrip()
        case click.MissingParameter(param=click.Parameter() as argument):
            return danish_text("click.missing-argument", argument=_name(argument))
        case click.NoSuchOption():
            return _not_found("click.no-option", error.option_name, error.possibilities)
        case click.exceptions.NoSuchCommand():
            return _not_found("click.no-command", error.command_name, error.possibilities)
        case click.BadOptionUsage():
            no_value = _NO_VALUE in error.message
            return danish_text("click.value-not-allowed" if no_value else "click.value-missing", option=error.option_name)
        case click.BadParameter(param=click.Parameter() as param):
            return danish_text("click.bad-value", name=_name(param), reason=_reason(param, error.message))
    extra = _EXTRA_ARGUMENTS.match(error.message)
    return danish_text("click.extra-arguments", arguments=extra[1]) if extra else danish_text("click.missing-command")


def _not_found(key: str, name: str, possibilities: Sequence[str] | None) -> str:
    text = danish_text(key, name=name)
    return f"{text} {danish_text('rules.hint.word', word=possibilities[0])}" if possibilities else text


def _reason(param: click.Parameter, message: str) -> str:
    """Return why a value cannot be used; the types of `validator.cli.input` say it in Danish themselves."""
    match param.type:
        case click.Choice():
            return _choices(param)
        case click.IntRange(min=low, max=high):
            return danish_text("click.number-between" if high is not None else "click.number-from", low=low, high=high)
        case click.Path():
            return danish_text("click.no-path")
    return danish_text("click.number") if param.type is click.INT else message


def _choices(param: click.Parameter) -> str:
    return danish_text("click.choices", choices=", ".join(param.type.choices)) if isinstance(param.type, click.Choice) else ""


def _name(param: click.Parameter) -> str:
    """Return the name of an option as it is written, or of an argument as in the usage line."""
    return max(param.opts, key=len) if isinstance(param, click.Option) else param.human_readable_name


def _danish(text: str) -> str:
    for english, key in _EXTRAS.items():
        text = text.replace(english, danish_text(key))
    return danish_text(_HELP[text]) if text in _HELP else text
