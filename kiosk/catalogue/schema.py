"""JSON Schema of the files of a catalogue, made of the model, for editors to check as one types."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict, create_model

from kiosk.catalogue.items import LISTED
from kiosk.catalogue.load import FOLDERS
from kiosk.catalogue.model import CodeEntry, LifeEvent, RegionCode, Text

DIALECT = "https://json-schema.org/draft/2020-12/schema"
LIFE_EVENT = "life_event"
CLOSED = ConfigDict(extra="forbid")


def schemas() -> dict[str, dict[str, Any]]:
    """The schema of each kind of file by name: `life_event`, `elements`, `units`, `table` …"""
    folders: dict[str, dict[str, Any]] = {}
    for kind, record in LISTED.items():
        # One file may hold several lists; those it does not hold are simply absent.
        many = tuple[record, ...]  # type: ignore[valid-type]
        folders.setdefault(FOLDERS[kind], {})[kind] = (many, ())
    models: dict[str, type[BaseModel]] = {LIFE_EVENT: LifeEvent}
    models |= {folder: _file(folder, fields) for folder, fields in folders.items()}
    models["table"] = _file("table", {"entries": (tuple[CodeEntry, ...], ...)})
    models["regions"] = _file("regions", {"regions": (dict[RegionCode, Text], ...)})
    return {name: _schema(name, model) for name, model in models.items()}


def _file(name: str, fields: Mapping[str, Any]) -> type[BaseModel]:
    model: type[BaseModel] = create_model(f"File of {name}", __config__=CLOSED, **fields)
    model.__doc__ = f"A file of {name}."
    return model


def _schema(name: str, model: type[BaseModel]) -> dict[str, Any]:
    return {"$schema": DIALECT, "$id": f"{name}.json", **model.model_json_schema()}
