"""Builds what librime reads at run time: `python -m kiosk.access.rime_deployment build/rime`.

The patches of config/rime count only once they are deployed; librime ignores them silently until
then. Needs Debian's librime-bin, librime-data and rime-data-luna-pinyin.
"""

from __future__ import annotations

import argparse
import filecmp
import os
import shutil
import subprocess
import sys
from pathlib import Path

from kiosk.access.rime import SCHEMA, SHARED_FOLDER

DEPLOYER = "rime_deployer"
PATCHES = Path("config/rime")
DEPLOY_TIMEOUT_S = 60  # takes 0.3 s, and some seconds where a dictionary must be compiled


class DeploymentError(Exception):
    """librime's data could not be built; says why and what to do."""


def deploy(user_folder: Path, patches: Path = PATCHES, shared_folder: Path = SHARED_FOLDER) -> bool:
    """Build `user_folder` from the patches; False when it was up to date already.

    Raises DeploymentError when librime's tools or data are missing, or refuse.
    """
    names = sorted(patch.name for patch in patches.glob("*.custom.yaml"))
    if not names:
        raise DeploymentError(f"{patches}: no *.custom.yaml there")
    if _is_current(user_folder, patches, names):
        return False
    if not (shared_folder / f"{SCHEMA}.schema.yaml").is_file():
        raise DeploymentError(f"{shared_folder}: no {SCHEMA}; install rime-data-luna-pinyin")
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
    if finished.returncode != 0 or not _built(user_folder).is_file():
        errors = [line for line in finished.stderr.splitlines() if line.startswith(("E", "F"))]
        raise DeploymentError(f"{DEPLOYER} failed on {user_folder}: {'; '.join(errors[:3])}")
    return True


def _is_current(user_folder: Path, patches: Path, names: list[str]) -> bool:
    if not _built(user_folder).is_file():
        return False
    _, changed, missing = filecmp.cmpfiles(patches, user_folder, names, shallow=False)
    return not changed and not missing


def _built(user_folder: Path) -> Path:
    return user_folder / "build" / f"{SCHEMA}.schema.yaml"


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
