"""The command line `yici`. Each command is a few lines here and lives elsewhere."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from yici import catalogue, fleet_release, fleet_serve
from yici.audit.__main__ import main as audit
from yici.mistakes import told

ROOT = Path(__file__).resolve().parent.parent

app = typer.Typer(
    help="一次 Yici: self-service terminals for 一件事一次办.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)


class LanguageName(StrEnum):
    """Languages of the terminal."""

    ZH = "zh"
    EN = "en"


class ProfileName(StrEnum):
    """Ways of using the terminal."""

    DEFAULT = "default"
    CARE = "care"
    SEATED = "seated"
    DARK = "dark"
    DARK_LARGEST = "dark-largest"
    KEYPAD_BLIND = "keypad-blind"
    SWITCH = "switch"
    TWO_SWITCHES = "two-switches"


class OutputFormat(StrEnum):
    """What a command writes."""

    TEXT = "text"
    JSON = "json"


@app.callback()
def yici() -> None:
    """One command a task."""


@app.command()
def journey(  # noqa: PLR0917  typer gives each option by name
    life_event: Annotated[str, typer.Argument(help="slug or number in the annex: newborn, 1")],
    lang: Annotated[LanguageName, typer.Option(help="language of the pages")] = LanguageName.ZH,
    profile: Annotated[ProfileName, typer.Option(help="how the pages look")] = ProfileName.DEFAULT,
    person: Annotated[str, typer.Option(help="an invented person: chen, limian …")] = "",
    out: Annotated[Path | None, typer.Option(help="folder for pictures")] = None,
    data: Annotated[
        Path | None, typer.Option(help="folder to keep the terminal's files in")
    ] = None,
    config: Annotated[Path, typer.Option(help="folder of settings and data")] = ROOT / "config",
) -> None:
    """Walk one scripted citizen through the real window; the last line is a JSON summary.

    Exit code 1: the journey did not come to its end. 2: it cannot begin.
    """
    from yici.journey.run import finished, run_journey  # noqa: PLC0415  the whole terminal

    with told(), finished():
        summary = run_journey(
            life_event,
            config=config.resolve(),
            language=lang.value,
            profile=profile.value,
            person=person,
            out=out,
            data=data,
        )
    typer.echo(summary.as_json())


fleet = typer.Typer(help="Releases of the catalogue, and the manager of terminals.")
fleet.add_typer(fleet_release.app, name="release")
fleet.add_typer(fleet_serve.app)  # without a name its commands stand beside `release`
app.add_typer(fleet, name="fleet")
app.add_typer(catalogue.app, name="catalogue")
app.command("audit")(audit)


@app.command()
def devices(
    test: Annotated[bool, typer.Option("--test", help="print a test page where one can")] = False,
    form: Annotated[OutputFormat, typer.Option("--format", help="what is written")] = (
        OutputFormat.TEXT
    ),
    lang: Annotated[LanguageName, typer.Option(help="language of text")] = LanguageName.ZH,
    config: Annotated[Path, typer.Option(help="settings of the terminal")] = (
        ROOT / "config/terminal.toml"
    ),
) -> None:
    """List and test the devices of the settings, and say what else is attached.

    Exit code 0: every device of the settings is well. 1: one is not. 2: bad settings.
    """
    from yici.devices import check_devices  # noqa: PLC0415  reads every driver's library

    as_json = form is OutputFormat.JSON
    raise typer.Exit(check_devices(config, lang.value, test=test, as_json=as_json))


def main() -> None:
    """The entry point."""
    sys.exit(app())
