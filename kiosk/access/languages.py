"""The languages that there are phrases in: each is a folder, which says of itself what it needs.

`<language>/language.toml` may hold `order` (place among the languages, 100 when not said),
`fallback` (whose texts are shown where the catalogue has none in this language, zh when not said)
and `voice` (a voice of espeak-ng; empty: what is not known is not spoken).
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from kiosk.access.profile import Language

FILE = "language.toml"
LAST = Language.ZH  # where every fallback ends


class LanguagesError(Exception):
    """A language's folder cannot be used; says which, why, and what to do."""


class About(BaseModel):
    """What a language's folder says of itself."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    order: int = 100
    fallback: str = LAST.value
    voice: str = ""


class Languages:
    """The languages of a folder of phrases, in their order."""

    def __init__(self, about: Mapping[Language, About]) -> None:
        """Raises LanguagesError for a fallback that is not there or leads back to itself."""
        self._about = dict(sorted(about.items(), key=lambda item: (item[1].order, item[0])))
        for language in self._about:
            self._check(language)

    @classmethod
    def read(cls, folder: Path) -> Languages:
        """Every folder in `folder`, of which one is zh. Raises LanguagesError."""
        folders = sorted(path for path in folder.glob("*") if path.is_dir())
        if LAST not in (path.name for path in folders):
            raise LanguagesError(f"{folder}: no folder {LAST}; what others must hold is seen there")
        return cls({_language(path): _about(path / FILE) for path in folders})

    def __iter__(self) -> Iterator[Language]:
        return iter(self._about)

    def __len__(self) -> int:
        return len(self._about)

    def after(self, language: Language) -> Language:
        """The language that follows, the first one after the last."""
        every = list(self._about)
        return every[(every.index(language) + 1) % len(every)]

    def nearest(self, language: Language, among: Collection[Language]) -> Language:
        """The language, or the first of its fallbacks that is `among` these; else zh."""
        seen = language
        while seen not in among and seen is not LAST:
            seen = self._fallback(seen)
        return seen

    def voice(self, language: Language) -> str:
        """Name of espeak-ng's voice; empty when the language has none."""
        return self._about[language].voice

    def _fallback(self, language: Language) -> Language:
        return Language(self._about[language].fallback)

    def _check(self, language: Language) -> None:
        passed = [language]
        while passed[-1] is not LAST:
            name = self._about[passed[-1]].fallback
            following = next((known for known in self._about if known == name), None)
            if following is None or following in passed:
                why = "is no folder here" if following is None else "leads back to itself"
                raise LanguagesError(
                    f"{passed[-1]}/{FILE}: fallback {name!r} {why}; name another, such as zh"
                )
            passed.append(following)


def _language(folder: Path) -> Language:
    try:
        return Language(folder.name)
    except ValueError as error:
        raise LanguagesError(
            f"{folder}: {folder.name!r} is no tag of a language; name it such as fr or zh-Hant"
        ) from error


def _about(file: Path) -> About:
    if not file.is_file():
        return About()
    try:
        return About.model_validate(tomllib.loads(file.read_text(encoding="utf-8")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise LanguagesError(f"{file}: not TOML: {error}") from error
    except ValidationError as error:
        wrong = error.errors()[0]
        key = ".".join(str(part) for part in wrong["loc"])
        raise LanguagesError(f"{file}: {key}: {wrong['msg']}") from error
