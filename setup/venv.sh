#!/bin/sh
# Makes .venv with Python 3.11 and what requirements.lock pins. Needs setup/debian.sh done.
set -eu
cd "$(dirname "$0")/.."

python=
for candidate in python3.11 python3 /usr/bin/python3; do
    if "$candidate" -c 'import sys, ensurepip, venv; sys.exit(sys.version_info[:2] != (3, 11))' \
        2>/dev/null; then
        python=$candidate
        break
    fi
done
if [ -z "$python" ]; then
    echo "setup: no Python 3.11 with venv found; install python3.11 and python3.11-venv" >&2
    exit 1
fi

if ! .venv/bin/python -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' 2>/dev/null; then
    echo "setup: making .venv with $("$python" --version)"
    rm -rf .venv
    "$python" -m venv .venv
fi
pip=".venv/bin/python -m pip --disable-pip-version-check --no-input --quiet"
echo "setup: installing Python packages from requirements.lock"
# Some have no wheel and are built here, with the setuptools that the lock pins and no other.
mkdir -p build
sed -n '/^setuptools==/,/[^\\]$/p' requirements.lock > build/setuptools.lock
$pip install --require-hashes -r build/setuptools.lock
$pip install --require-hashes --no-build-isolation -r requirements.lock
$pip --quiet install --no-deps --no-build-isolation --editable .
