"""Builds what librime reads at run time: `python -m kiosk.access.rime_deployment build/rime`.

The patches of config/rime count only once they are deployed; librime ignores them silently until
then. Needs Debian's librime-bin, librime-data, rime-essay, rime-data-luna-pinyin and
rime-data-stroke.
"""

from __future__ import annotations

import argparse
import filecmp
import os
import shutil
import subprocess
import sys
from pathlib import Path

from kiosk.access.chinese_input import Method
from kiosk.access.rime import SCHEMAS, SHARED_FOLDER

DEPLOYER = "rime_deployer"
PATCHES = Path("config/rime")
DEPLOY_TIMEOUT_S = 60  # takes 3 s: the province's words are compiled into the dictionary
PACKAGES = {Method.PINYIN: "rime-data-luna-pinyin", Method.STROKE: "rime-data-stroke"}


class DeploymentError(Exception):
    """librime's data could not be built; says why and what to do."""


def deploy(user_folder: Path, patches: Path = PATCHES, shared_folder: Path = SHARED_FOLDER) -> bool:
    """Build `user_folder` from the files of `patches`; False when it was up to date already.

    Raises DeploymentError when librime's tools or data are missing, or refuse.
    """
    if not any(patches.glob("*.custom.yaml")):
        raise DeploymentError(f"{patches}: no *.custom.yaml there")
    names = sorted(file.name for file in patches.iterdir() if file.is_file())
    if _is_current(user_folder, patches, names):
        return False
    for method, schema in SCHEMAS.items():
        if not (shared_folder / f"{schema}.schema.yaml").is_file():
            raise DeploymentError(f"{shared_folder}: no {schema}; install {PACKAGES[method]}")
    deployer = shutil.which(DEPLOYER)
    if deployer is None:
        raise DeploymentError(f"{DEPLOYER} is missing; install librime-bin")
    shutil.rmtree(user_folder, ignore_errors=True)
    user_folder.mkdir(parents=True)
    for name in names:
        shutil.copyfile(patches / name, user_folder / name)
    finished = subprocess.run(  # noqa: S603 -- Debian's own tool, found on the path
        [deployer, "--build", str(user_folder), str(shared_folder), str(user_folder / "build")],
        env={**os.environ, "GLOG_logtostderr": "1"},
        capture_output=True,
        text=True,
        timeout=DEPLOY_TIMEOUT_S,
        check=False,
    )
    if finished.returncode != 0 or not _is_built(user_folder):
        errors = [line for line in finished.stderr.splitlines() if line.startswith(("E", "F"))]
        raise DeploymentError(f"{DEPLOYER} failed on {user_folder}: {'; '.join(errors[:3])}")
    return True


def _is_current(user_folder: Path, patches: Path, names: list[str]) -> bool:
    if not _is_built(user_folder):
        return False
    _, changed, missing = filecmp.cmpfiles(patches, user_folder, names, shallow=False)
    return not changed and not missing


def _is_built(user_folder: Path) -> bool:
    build = user_folder / "build"
    return all((build / f"{schema}.schema.yaml").is_file() for schema in SCHEMAS.values())


def main() -> int:
    """Command line; exit code 1 with one line on standard error when it fails."""
    parser = argparse.ArgumentParser(description="Build librime's data with the house's patches.")
    parser.add_argument("folder", type=Path, help="user folder of librime, such as build/rime")
    try:
        deploy(parser.parse_args().folder)
    except (DeploymentError, OSError, subprocess.TimeoutExpired) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
