"""Several life events one after another at one terminal: `python -m yici.journey newborn 6 …`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from yici.journey.run import journeys

ROOT = Path(__file__).resolve().parents[2]


def walk(
    life_events: Annotated[list[str], typer.Argument(help="slugs, or numbers in the annex")],
    lang: Annotated[str, typer.Option(help="zh or en")] = "zh",
    profile: Annotated[str, typer.Option(help="as of yici journey")] = "default",
    out: Annotated[Path | None, typer.Option(help="pictures, a folder a life event")] = None,
    config: Annotated[Path, typer.Option(help="folder of settings and data")] = ROOT / "config",
) -> None:
    """Walk each as `yici journey` does; one JSON summary a line."""
    with journeys(config.resolve()) as terminal:
        for life_event in life_events:
            pictures = out / life_event if out else None
            summary = terminal.walk(life_event, language=lang, profile=profile, out=pictures)
            typer.echo(summary.as_json())


if __name__ == "__main__":
    typer.run(walk)
