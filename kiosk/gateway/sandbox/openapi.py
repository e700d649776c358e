"""Writes the interface as OpenAPI: `python -m kiosk.gateway.sandbox.openapi docs/openapi.json`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from kiosk.gateway.sandbox.app import interface


def openapi_text() -> str:
    """The document, two blanks to a level, ending in a line feed."""
    return json.dumps(interface().openapi(), ensure_ascii=False, indent=2) + "\n"


def export(file: Annotated[Path, typer.Argument(help="file to write")]) -> None:
    """Write the OpenAPI document."""
    file.write_text(openapi_text(), encoding="utf-8")


if __name__ == "__main__":
    typer.run(export)
