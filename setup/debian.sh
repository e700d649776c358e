#!/bin/sh
# Installs the Debian packages of setup/debian-packages.txt that are missing; asks nothing.
set -eu
cd "$(dirname "$0")/.."

wanted=$(sed 's/#.*//' setup/debian-packages.txt)
missing=
for package in $wanted; do
    case $(dpkg-query --show --showformat '${db:Status-Status}' "$package" 2>/dev/null || true) in
        installed) ;;
        *) missing="$missing $package" ;;
    esac
done
[ -n "$missing" ] || exit 0

echo "setup: installing Debian packages:$missing"
if ! command -v apt-get >/dev/null; then
    echo "setup: this is no Debian; install the like of these packages, then run it again" >&2
    exit 1
fi
as_root=
if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null; then
        echo "setup: neither root nor sudo; as root: apt-get install$missing" >&2
        exit 1
    fi
    as_root=sudo
fi
apt="$as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y"
apt="$apt -o DPkg::Lock::Timeout=120 -o Dpkg::Use-Pty=0"
$apt update
# shellcheck disable=SC2086 # a list of words
$apt install --no-install-recommends $missing
