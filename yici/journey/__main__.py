"""Several life events one after another at one terminal: `python -m yici.journey newborn 6 …`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from yici.command import LanguageName, ProfileName
from yici.journey.run import finished, journeys
from yici.mistakes import told

ROOT = Path(__file__).resolve().parents[2]


def walk(
    life_events: Annotated[list[str], typer.Argument(help="slugs, or numbers in the annex")],
    lang: Annotated[LanguageName, typer.Option(help="language of the pages")] = LanguageName.ZH,
    profile: Annotated[ProfileName, typer.Option(help="how the pages look")] = ProfileName.DEFAULT,
    out: Annotated[Path | None, typer.Option(help="pictures, a folder a life event")] = None,
    config: Annotated[Path, typer.Option(help="folder of settings and data")] = ROOT / "config",
) -> None:
    """Walk each as `yici journey` does; one JSON summary a line."""
    with told(), finished(), journeys(config.resolve()) as terminal:
        for life_event in life_events:
            pictures = out / life_event if out else None
            summary = terminal.walk(
                life_event, language=lang.value, profile=profile.value, out=pictures
            )
            typer.echo(summary.as_json())


if __name__ == "__main__":
    typer.run(walk)
