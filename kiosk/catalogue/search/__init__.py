"""Finds life events and matters by what a citizen types or says.

`Index.of(entries, characters)` is built once for a catalogue and then only read; `entries.py` makes
entries of a catalogue, `aliases.py` reads the common wording, `characters.py` what characters sound
like. The core (`index.py`, `query.py`) knows neither files nor the catalogue.
"""

from kiosk.catalogue.search.aliases import Aliases, AliasGroup, load_aliases
from kiosk.catalogue.search.characters import Characters, load_characters
from kiosk.catalogue.search.entries import entries_of, option_entries
from kiosk.catalogue.search.entry import Alias, Entry, Hit, Kind, Manner, Place
from kiosk.catalogue.search.index import Index

__all__ = [
    "Alias",
    "AliasGroup",
    "Aliases",
    "Characters",
    "Entry",
    "Hit",
    "Index",
    "Kind",
    "Manner",
    "Place",
    "entries_of",
    "load_aliases",
    "load_characters",
    "option_entries",
]
