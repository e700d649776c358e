"""Nothing that a citizen types stays: not on disk, not in the log, not in the order of words."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.access.chinese_input import ChineseInputUnavailable, Method
from kiosk.access.rime import RARE_CHARACTERS, SCHEMAS, SHARED_FOLDER, SURNAMES, RimeInput
from kiosk.access.rime_deployment import DeploymentError, deploy

ALONE_S = 60  # a process of its own, for librime takes one pair of folders in each


def contents(folder: Path) -> dict[Path, str]:
    return {
        path.relative_to(folder): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def choose_unusual_words(
    pinyin: RimeInput, times: int, method: Method = Method.PINYIN, letters: str = "zhouheyi"
) -> None:
    for _ in range(times):
        pinyin.begin(method, surname=True)
        for letter in letters:
            composition = pinyin.type(letter)
        while composition.preedit:
            composition = pinyin.choose(len(composition.candidates) - 1)


def test_typing_writes_nothing(
    pinyin: RimeInput, user_folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    pinyin.type("c")
    before = contents(user_folder)
    choose_unusual_words(pinyin, times=20)
    choose_unusual_words(pinyin, times=20, method=Method.STROKE, letters="hsp")
    assert contents(user_folder) == before
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("method", "letters"), [(Method.PINYIN, "zhouheyi"), (Method.STROKE, "hsp")]
)
def test_words_chosen_often_are_not_offered_first_to_the_next_citizen(
    pinyin: RimeInput, method: Method, letters: str
) -> None:
    def offered() -> tuple[str, ...]:
        pinyin.clear()
        pinyin.begin(method)
        return [pinyin.type(letter) for letter in letters][-1].candidates

    before = offered()
    choose_unusual_words(pinyin, 20, method, letters)
    assert offered() == before


def alone(user_folder: Path, method: Method = Method.PINYIN) -> subprocess.CompletedProcess[str]:
    """Type one letter over `user_folder` in a process of its own."""
    program = (
        "import pathlib, sys; from kiosk.access.rime import *\n"
        "typing = RimeInput(SHARED_FOLDER, pathlib.Path(sys.argv[1]))\n"
        "try: typing.begin(Method(sys.argv[2]), surname=True); typing.type('h')\n"
        "except ChineseInputUnavailable as refused: sys.exit(str(refused))\n"
    )
    return subprocess.run(
        [sys.executable, "-c", program, str(user_folder), method],
        capture_output=True,
        text=True,
        timeout=ALONE_S,
        check=False,
    )


def test_a_deployed_folder_is_taken(user_folder: Path, tmp_path: Path) -> None:
    finished = alone(shutil.copytree(user_folder, tmp_path / "rime"))
    assert (finished.returncode, finished.stderr) == (0, "")


def test_a_folder_that_was_never_deployed_is_refused(tmp_path: Path) -> None:
    refuses_to_remember(alone(tmp_path))


def test_a_folder_deployed_without_our_patch_is_refused(tmp_path: Path) -> None:
    patches = own_patches(tmp_path)
    (patches / "luna_pinyin_simp.custom.yaml").write_text("patch: {}\n", encoding="utf-8")
    deploy(tmp_path / "rime", patches=patches)
    refuses_to_remember(alone(tmp_path / "rime"))


@pytest.mark.parametrize("method", Method)
def test_a_method_whose_deployed_file_keeps_words_is_refused(
    user_folder: Path, tmp_path: Path, method: Method
) -> None:
    copy = shutil.copytree(user_folder, tmp_path / "rime")
    deployed = copy / "build" / f"{SCHEMAS[method]}.schema.yaml"
    text = deployed.read_text(encoding="utf-8")
    keeps = text.replace("enable_user_dict: false", "enable_user_dict: true")
    assert keeps != text
    deployed.write_text(keeps, encoding="utf-8")
    refuses_to_remember(alone(copy, method))


@pytest.mark.parametrize("name", [SURNAMES, RARE_CHARACTERS])
def test_a_folder_without_its_lists_is_refused(
    user_folder: Path, tmp_path: Path, name: str
) -> None:
    copy = shutil.copytree(user_folder, tmp_path / "rime")
    (copy / name).unlink()
    finished = alone(copy)
    assert finished.returncode == 1
    assert name in finished.stderr
    assert "make setup" in finished.stderr


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
