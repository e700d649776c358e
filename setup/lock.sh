#!/bin/sh
# Writes requirements.lock anew: the newest versions pyproject.toml admits, with their hashes and
# without the address of any index.
set -eu
cd "$(dirname "$0")/.."

python=.venv/bin/python
[ -x "$python" ] || python=python3
tools=build/lock-tools
[ -x "$tools/bin/uv" ] || {
    "$python" -m venv "$tools"
    "$tools/bin/python" -m pip --disable-pip-version-check --no-input --quiet \
        install --require-hashes -r setup/lock-tools.lock
}
"$tools/bin/uv" pip compile --quiet --upgrade --extra dev --python-version 3.11 \
    --generate-hashes --no-header --no-annotate --no-strip-extras \
    pyproject.toml --output-file requirements.lock
