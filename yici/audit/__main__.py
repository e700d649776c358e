"""`yici audit`: a table of requirement, clause, figure and what was measured."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from kiosk import beijing
from kiosk.access.profile import Contrast, Language, TextSize
from yici.audit.ways import chosen
from yici.mistakes import told

ROOT = Path(__file__).resolve().parents[2]
SHOWN = 40  # findings on the terminal; --json has all


def main(  # noqa: PLR0917  typer gives each option by name
    size: Annotated[TextSize | None, typer.Option(help="only this text size")] = None,
    contrast: Annotated[Contrast | None, typer.Option(help="only this contrast")] = None,
    lang: Annotated[Language | None, typer.Option(help="only this language")] = None,
    life_event: Annotated[
        list[str] | None, typer.Option(help="slug or number; may be repeated")
    ] = None,
    whole: Annotated[bool, typer.Option("--whole", help="every page in every profile")] = False,
    pixels: Annotated[
        int | None,
        typer.Option(min=0, help="pages whose pixels are measured; one of each composition"),
    ] = None,
    rotation: Annotated[int | None, typer.Option(help="which covering set; today's")] = None,
    report: Annotated[
        typer.FileTextWrite | None,
        typer.Option("--json", encoding="utf-8", lazy=False, help="write all figures here"),
    ] = None,
    table: Annotated[
        Path | None,
        typer.Option(
            exists=True, dir_okay=False, help="document to put the table into, between its marks"
        ),
    ] = None,
    config: Annotated[Path, typer.Option(help="folder of settings and data")] = ROOT / "config",
) -> None:
    """Audit the pages of all life events for accessibility.

    Each page is looked at in one of 16 profiles, in which all pairs of settings meet; with --size,
    --contrast or --lang in every profile that has these, with --whole in all.
    Exit code 1: something is not met. 2: bad arguments or settings.
    """
    from yici.audit.audit import audit  # noqa: PLC0415  reads Kivy and the whole terminal
    from yici.audit.results import as_json  # noqa: PLC0415
    from yici.audit.table import as_table, with_table  # noqa: PLC0415

    turn = beijing.today().toordinal() if rotation is None else rotation
    some = any(one is not None for one in (size, contrast, lang))
    ways = chosen(size, contrast, lang) if whole or some else None
    with told():
        if table is not None:
            with_table(table.read_text("utf-8"), ())  # said now, not after minutes
        pages, results = audit(config.resolve(), life_event or (), ways, turn=turn, pixels=pixels)
    typer.echo(f"{pages} pages, rotation {turn}\n")
    lines = as_table(results)
    typer.echo("\n".join(lines))
    findings = [finding for one in results for finding in one.findings()]
    for finding in findings[:SHOWN]:
        typer.echo(str(finding))
    if report is not None:
        whole_report = {"rotation": turn, "parts": [as_json(one) for one in results]}
        report.write(json.dumps(whole_report, ensure_ascii=False, indent=1))
    if table is not None:
        table.write_text(with_table(table.read_text("utf-8"), lines), "utf-8")
    raise typer.Exit(1 if findings else 0)


if __name__ == "__main__":
    typer.run(main)
