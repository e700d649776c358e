"""Changes files of a catalogue's folder all together or not at all.

Files are written to a copy of the folder, the copy is read as a terminal reads it, and only then
are the files themselves replaced, each in one step; when one cannot be, those before it are put
back.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kiosk.catalogue.load import CatalogueError, load_catalogue
from kiosk.catalogue.model import Catalogue


class StagingError(Exception):
    """The files could not be replaced; they are as they were before."""


class Staged:
    """A copy of a folder, and what was changed in it."""

    def __init__(self, folder: Path, copy: Path) -> None:
        self.folder = folder
        self.copy = copy
        self._before: dict[str, bytes | None] = {}

    def read(self, name: str) -> str:
        """The text of a file of the copy; `name` as `units/annex.yaml`. Raises OSError."""
        return (self.copy / name).read_bytes().decode()

    def exists(self, name: str) -> bool:
        """Whether the copy has such a file."""
        return (self.copy / name).exists()

    def write(self, name: str, text: str) -> None:
        """Change or add a file of the copy. Raises OSError."""
        file = self.copy / name
        if name not in self._before:
            self._before[name] = file.read_bytes() if file.exists() else None
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode())

    def remove(self, name: str) -> None:
        """Take a file of the copy away. Raises OSError."""
        file = self.copy / name
        self._before.setdefault(name, file.read_bytes())
        file.unlink()

    @property
    def changed(self) -> list[str]:
        """Names of the files that differ from what they were."""
        return [n for n, before in self._before.items() if before != _content(self.copy / n)]

    def load(self) -> Catalogue:
        """The catalogue of the copy. Raises CatalogueError with the names of the folder itself."""
        try:
            return load_catalogue(self.copy)
        except CatalogueError as error:
            problems = [p.replace(str(self.copy), str(self.folder)) for p in error.problems]
            raise CatalogueError(problems) from error

    def commit(self) -> list[Path]:
        """Put the changed files in place of the folder's own; their paths.

        Raises StagingError when a file was changed meanwhile or cannot be written.
        """
        names = self.changed
        for name in names:
            if _content(self.folder / name) != self._before[name]:
                raise StagingError(f"{self.folder / name}: was changed meanwhile; try again")
        done: list[str] = []
        try:
            for name in names:
                settle(self.folder / name, _content(self.copy / name))
                done.append(name)
        except OSError as error:
            for name in done:
                settle(self.folder / name, self._before[name])
            raise StagingError(f"{error.filename}: cannot be written: {error.strerror}") from error
        return [self.folder / name for name in names]


@contextmanager
def staged(folder: Path) -> Iterator[Staged]:
    """A copy of the YAML files of a folder, which is gone afterwards. Raises OSError."""
    with tempfile.TemporaryDirectory(prefix="yici-import-") as temporary:
        copy = Path(temporary) / "catalogue"
        for file in sorted(folder.rglob("*.yaml")):
            target = copy / file.relative_to(folder)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, target)
        copy.mkdir(exist_ok=True)
        yield Staged(folder, copy)


def replace(file: Path, content: bytes) -> None:
    """Give a file another content in one step, flushed to the disk. Raises OSError."""
    file.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(prefix=f".{file.name}.", dir=file.parent)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        mode = file.stat().st_mode & 0o777 if file.exists() else 0o644
        Path(name).chmod(mode)
        Path(name).replace(file)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise


def settle(file: Path, content: bytes | None) -> None:
    """Give a file that content; None: let there be none. Raises OSError."""
    if content is None:
        file.unlink(missing_ok=True)
    else:
        replace(file, content)


def _content(file: Path) -> bytes | None:
    return file.read_bytes() if file.exists() else None
