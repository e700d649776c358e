"""`setup/debian.sh` on machines of several kinds. Only Debian's own tools are stood in for."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

PACKAGE_LIST = Path("setup/debian-packages.txt")
BORROWED = ("sh", "sed", "dirname", "env")  # used as they are

DPKG_QUERY = """
for name; do :; done
case " {missing} " in *" $name "*) exit 1;; esac
printf installed
"""
APT_GET = 'echo "$DEBIAN_FRONTEND $*" >> {log}'


class Machine:
    """A folder that stands for the whole search path."""

    def __init__(self, folder: Path, missing: str = "", user: int = 0) -> None:
        self.log = folder / "apt.log"
        self._path = folder / "bin"
        self._path.mkdir()
        for name in BORROWED:
            (self._path / name).symlink_to(str(shutil.which(name)))
        self.give("dpkg-query", DPKG_QUERY.format(missing=missing))
        self.give("id", f"echo {user}")
        self.give("apt-get", APT_GET.format(log=self.log))

    def give(self, name: str, program: str) -> None:
        tool = self._path / name
        tool.write_text(f"#!/bin/sh\n{program}\n", encoding="utf-8")
        tool.chmod(0o755)

    def take(self, name: str) -> None:
        (self._path / name).unlink()

    def set_up(self) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["/bin/sh", "setup/debian.sh"],
            env={"PATH": str(self._path)},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=30,
            check=False,
        )

    def asked_of_apt(self) -> list[str]:
        return self.log.read_text(encoding="utf-8").splitlines() if self.log.exists() else []


def test_a_machine_with_everything_asks_nothing_of_apt(tmp_path: Path) -> None:
    machine = Machine(tmp_path)
    assert machine.set_up().returncode == 0
    assert machine.asked_of_apt() == []


def test_only_what_is_missing_is_installed_without_a_question(tmp_path: Path) -> None:
    machine = Machine(tmp_path, missing="xvfb libzbar0")
    finished = machine.set_up()
    assert finished.returncode == 0, finished.stderr
    update, install = machine.asked_of_apt()
    assert update.endswith("update")
    assert install.endswith("install --no-install-recommends libzbar0 xvfb")
    assert install.startswith("noninteractive ")
    assert " -y " in install


def test_a_user_with_sudo_installs_through_it(tmp_path: Path) -> None:
    machine = Machine(tmp_path, missing="xvfb", user=1000)
    machine.give("sudo", f'echo by sudo >> {machine.log}; exec "$@"')
    assert machine.set_up().returncode == 0
    assert machine.asked_of_apt()[0] == "by sudo"
    assert machine.asked_of_apt()[-1].endswith("xvfb")


@pytest.mark.parametrize(
    ("without", "remedy"), [("sudo", "as root: apt-get install xvfb"), ("apt-get", "no Debian")]
)
def test_a_machine_where_nothing_can_be_installed_says_what_to_do(
    tmp_path: Path, without: str, remedy: str
) -> None:
    machine = Machine(tmp_path, missing="xvfb", user=1000)
    if without == "apt-get":
        machine.take(without)
    finished = machine.set_up()
    assert finished.returncode == 1
    assert remedy in finished.stderr
    assert machine.asked_of_apt() == []


def test_a_failing_apt_fails_the_setup(tmp_path: Path) -> None:
    machine = Machine(tmp_path, missing="xvfb")
    machine.give("apt-get", "echo 'no route to the archive' >&2; exit 100")
    finished = machine.set_up()
    assert finished.returncode == 100
    assert "no route to the archive" in finished.stderr


def test_the_package_list_is_plain_names_with_comments() -> None:
    for line in PACKAGE_LIST.read_text(encoding="utf-8").splitlines():
        assert len(line.partition("#")[0].split()) <= 1, line
