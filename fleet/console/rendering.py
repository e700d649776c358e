"""How a page of the console is made: template, phrases of the language, headers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import tzinfo

from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from fleet.console.rows import Wording
from kiosk.access.phrases import Phrases
from kiosk.access.profile import Language

_HEADERS = {
    "Content-Security-Policy": "default-src 'self'; img-src data:; frame-ancestors 'none'",
    "Cache-Control": "no-store",
}


class Pages:
    """Renders templates of the folder `page`."""

    def __init__(self, phrases: Phrases, zone: tzinfo) -> None:
        """`zone`: of the times shown."""
        self._phrases = phrases
        self._zone = zone
        self._environment = Environment(
            loader=PackageLoader("fleet.console", "page"),
            autoescape=select_autoescape(),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )

    def wording(self, language: Language) -> Wording:
        """The phrases of one language."""
        return Wording(self._phrases, language, self._zone)

    def render(
        self, template: str, language: Language, shown: Mapping[str, object], status: int = 200
    ) -> HTMLResponse:
        """A page of what is `shown`.

        Templates also know `lang`, `other` (the other language), `text` (a phrase by its key) and
        `date` (a moment in words).
        """
        wording = self.wording(language)
        rendered = self._environment.get_template(template).render(
            lang=language,
            other=Language.EN if language is Language.ZH else Language.ZH,
            text=wording.text,
            date=wording.date,
            **shown,
        )
        return HTMLResponse(rendered, status, headers=_HEADERS)
