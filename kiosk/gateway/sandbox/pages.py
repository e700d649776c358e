"""The sandbox's two pages for people: what arrived (`/`) and the interface (`/docs`).

Plain HTML without scripts; nothing is fetched from anywhere else.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from fastapi import APIRouter, FastAPI, Query
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, select_autoescape

from kiosk.gateway.sandbox.desk import Desk

Language = Annotated[Literal["zh", "en"], Query()]
Texts = Mapping[str, Mapping[str, str]]


def load_texts(file: Path) -> Texts:
    """Read the pages' texts. Raises ValueError when one language lacks what another has."""
    texts = yaml.safe_load(file.read_text(encoding="utf-8"))
    if missing := set(texts["zh"]) ^ set(texts["en"]):
        raise ValueError(f"{file}: give {', '.join(sorted(missing))} in zh and in en")
    return {language: dict(sentences) for language, sentences in texts.items()}


def pages(app: FastAPI, desk: Desk, texts: Texts) -> APIRouter:
    """Routes of the pages; `app` gives the interface that `/docs` shows."""
    environment = Environment(
        loader=PackageLoader("kiosk.gateway.sandbox", "pages"),
        autoescape=select_autoescape(),
    )
    router = APIRouter(include_in_schema=False)

    def page(template: str, language: str, **shown: object) -> HTMLResponse:
        rendered = environment.get_template(template).render(
            language=language, text=texts[language], **shown
        )
        return HTMLResponse(rendered, headers={"Content-Security-Policy": _POLICY})

    @router.get("/")
    def received(lang: Language = "zh") -> HTMLResponse:
        return page("received.html", lang, cases=desk.newest(), counts=desk.counts())

    @router.get("/docs")
    def interface(lang: Language = "zh") -> HTMLResponse:
        return page("interface.html", lang, api=app.openapi(), type_name=_type_name)

    return router


_POLICY = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'"


def _type_name(schema: Mapping[str, Any]) -> str:
    """A short word for a JSON schema: `string ≤ 200`, `[Certificate]`, `integer | null`."""
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if "anyOf" in schema:
        return " | ".join(_type_name(one) for one in schema["anyOf"])
    if "enum" in schema or "const" in schema:
        return " | ".join(schema.get("enum", [schema.get("const")]))
    if schema.get("type") == "array":
        return f"[{_type_name(schema.get('items', {}))}]"
    kind = str(schema.get("type", "object"))
    if "maxLength" in schema:
        return f"{kind} ≤ {schema['maxLength']}"
    return f"{kind} {schema['pattern']}" if "pattern" in schema else kind
