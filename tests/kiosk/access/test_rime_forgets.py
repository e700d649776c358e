"""Nothing that a citizen types stays: not on disk, not in the log, not in the order of words."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.access.chinese_input import ChineseInputUnavailable
from kiosk.access.rime import SHARED_FOLDER, RimeInput
from kiosk.access.rime_deployment import DeploymentError, deploy

ALONE_S = 60  # a process of its own, for librime takes one pair of folders in each


def contents(folder: Path) -> dict[Path, str]:
    return {
        path.relative_to(folder): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def choose_unusual_words(pinyin: RimeInput, times: int) -> None:
    for _ in range(times):
        for letter in "zhouheyi":
            composition = pinyin.type(letter)
        while composition.preedit:
            composition = pinyin.choose(len(composition.candidates) - 1)


def test_typing_writes_nothing(
    pinyin: RimeInput, user_folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    pinyin.type("c")
    before = contents(user_folder)
    choose_unusual_words(pinyin, times=20)
    assert contents(user_folder) == before
    assert capfd.readouterr() == ("", "")


def test_words_chosen_often_are_not_offered_first_to_the_next_citizen(pinyin: RimeInput) -> None:
    def offered() -> tuple[str, ...]:
        pinyin.clear()
        return [pinyin.type(letter) for letter in "zhouheyi"][-1].candidates

    before = offered()
    pinyin.clear()
    choose_unusual_words(pinyin, times=20)
    assert offered() == before


def alone(user_folder: Path) -> subprocess.CompletedProcess[str]:
    """Type one letter over `user_folder` in a process of its own."""
    program = (
        "import pathlib, sys; from kiosk.access.rime import *\n"
        "try: RimeInput(SHARED_FOLDER, pathlib.Path(sys.argv[1])).type('c')\n"
        "except ChineseInputUnavailable as refused: sys.exit(str(refused))\n"
    )
    return subprocess.run(
        [sys.executable, "-c", program, str(user_folder)],
        capture_output=True,
        text=True,
        timeout=ALONE_S,
        check=False,
    )


def test_a_deployed_folder_is_taken(tmp_path: Path) -> None:
    assert deploy(tmp_path / "rime")
    finished = alone(tmp_path / "rime")
    assert (finished.returncode, finished.stderr) == (0, "")


def test_a_folder_that_was_never_deployed_is_refused(tmp_path: Path) -> None:
    refuses_to_remember(alone(tmp_path))


def test_a_folder_deployed_without_our_patch_is_refused(tmp_path: Path) -> None:
    patches = own_patches(tmp_path)
    (patches / "luna_pinyin_simp.custom.yaml").write_text("patch: {}\n", encoding="utf-8")
    deploy(tmp_path / "rime", patches=patches)
    refuses_to_remember(alone(tmp_path / "rime"))


def refuses_to_remember(finished: subprocess.CompletedProcess[str]) -> None:
    assert finished.returncode == 1
    assert "user dictionary" in finished.stderr
    assert "make setup" in finished.stderr


def own_patches(tmp_path: Path) -> Path:
    """A copy of config/rime to change."""
    return shutil.copytree("config/rime", tmp_path / "patches")


def test_two_user_folders_in_one_process_are_refused(pinyin: RimeInput, tmp_path: Path) -> None:
    pinyin.type("c")
    with pytest.raises(ChineseInputUnavailable, match="one pair of folders"):
        RimeInput(SHARED_FOLDER, tmp_path).type("c")


def test_deploying_again_does_nothing_until_a_patch_changes(tmp_path: Path) -> None:
    patches = own_patches(tmp_path)
    assert deploy(tmp_path / "rime", patches=patches)
    assert not deploy(tmp_path / "rime", patches=patches)
    with (patches / "default.custom.yaml").open("a", encoding="utf-8") as patch_file:
        patch_file.write("  menu/page_size: 5\n")
    assert deploy(tmp_path / "rime", patches=patches)


def test_missing_data_is_named_with_its_package(tmp_path: Path) -> None:
    with pytest.raises(DeploymentError, match="install rime-data-luna-pinyin"):
        deploy(tmp_path / "rime", shared_folder=tmp_path)
