"""Takes a guide of the portal in: reads it, drafts, and writes the files if all of it holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kiosk.catalogue.consistency import CatalogueError
from kiosk.catalogue.load import load_catalogue
from kiosk.catalogue.model import Catalogue, LifeCycle
from kiosk.catalogue.portal_import.draft import Wish, draft, slug_of
from kiosk.catalogue.portal_import.guide import GuideError, PortalGuide, read_guide
from kiosk.catalogue.portal_import.words import PortalWords
from kiosk.catalogue.portal_import.writing import files
from kiosk.catalogue.sheets.staging import Staged, StagingError, staged

FIRST_NUMBER = 30  # the annex has 29 life events
LAST_NUMBER = 99
KINDS = ("life_events", "units", "service_points", "delegations")


@dataclass(frozen=True)
class Options:
    """How a guide is taken in. `site` with `since`: a letter is drafted, so that it runs there."""

    number: int | None = None
    life_cycle: LifeCycle | None = None
    site: str | None = None
    since: date | None = None
    replace: bool = False
    trial: bool = False


@dataclass(frozen=True)
class Drafted:
    """What was written, and what somebody must look at."""

    slug: str
    number: int
    files: tuple[Path, ...]
    doubts: tuple[str, ...]


def import_guide(file: Path, folder: Path, words: PortalWords, options: Options) -> Drafted:
    """Make a guide a draft life event of the catalogue in `folder`.

    Raises GuideError for a file that is no guide, a number that is taken, files that are there
    already; CatalogueError when the folder's own files do not hold. Then nothing is written.
    """
    guide = read_guide(file)
    catalogue = load_catalogue(folder)
    earlier = _earlier(guide, catalogue, folder, words, options)
    with staged(folder) as copy:
        for name in earlier:
            copy.remove(name)
        kept = _without(catalogue, copy, earlier)
        wish = Wish(
            _number(kept, options, earlier),
            options.life_cycle,
            _site(kept, options),
            options.since,
        )
        drafted = draft(guide, kept, words, wish)
        for name, text in files(drafted, guide).items():
            if copy.exists(name):
                raise GuideError([f"{folder / name}: is there already; say --replace"])
            copy.write(name, text)
        try:
            copy.load()
        except CatalogueError as error:
            said = [f"{file}: the draft does not hold: {problem}" for problem in error.problems]
            raise GuideError(said) from error
        written = _written(copy, options)
    return Drafted(drafted.slug, drafted.number, tuple(written), tuple(drafted.doubts))


def _earlier(
    guide: PortalGuide,
    catalogue: Catalogue,
    folder: Path,
    words: PortalWords,
    options: Options,
) -> Sequence[str]:
    """The files of an earlier draft of the same guide, which are replaced if that is said."""
    slug = slug_of(guide, words)
    event = next((event for event in catalogue.life_events if event.slug == slug), None)
    if event is None:
        return ()
    stem = f"{event.number:02}-{slug.replace('_', '-')}.yaml"
    names = [f"{kind}/{stem}" for kind in KINDS if (folder / kind / stem).exists()]
    if not options.replace or f"life_events/{stem}" not in names or event.code != guide.code:
        raise GuideError(
            [f"{folder}: the life event {slug} is there already, number {event.number}; "
             "say --replace if it is an earlier draft of this guide"]
        )  # fmt: skip
    return names


def _without(catalogue: Catalogue, copy: Staged, removed: Sequence[str]) -> Catalogue:
    """The catalogue as it is before the draft."""
    if not removed:
        return catalogue
    try:
        return copy.load()
    except CatalogueError as error:
        raise GuideError(
            ["the earlier draft cannot be replaced; others rest on it:", *error.problems]
        ) from error


def _number(catalogue: Catalogue, options: Options, earlier: Sequence[str]) -> int:
    taken = {event.number for event in catalogue.life_events}
    if options.number is not None:
        if options.number in taken:
            raise GuideError([f"--number {options.number}: is taken"])
        return options.number
    if earlier:
        return int(Path(earlier[0]).name.partition("-")[0])
    free = [n for n in range(FIRST_NUMBER, LAST_NUMBER + 1) if n not in taken]
    if not free:
        raise GuideError([f"every number from {FIRST_NUMBER} to {LAST_NUMBER} is taken"])
    return free[0]


def _site(catalogue: Catalogue, options: Options) -> str | None:
    if not options.site:
        return None
    names: Mapping[str, str] = {p.name.zh: slug for slug, p in catalogue.service_points.items()}
    site = names.get(options.site, options.site)
    if site not in catalogue.service_points:
        raise GuideError([f"--site {options.site}: no such service point"])
    if options.since is None:
        raise GuideError(["--site: say --since too, the first day of the letter"])
    return site


def _written(copy: Staged, options: Options) -> list[Path]:
    if options.trial:
        return [copy.folder / name for name in copy.changed]
    try:
        return copy.commit()
    except StagingError as error:
        raise GuideError([str(error)]) from error
