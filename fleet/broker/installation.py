"""Writes what mosquitto needs to serve the fleet: settings, access list, its certificate."""

from __future__ import annotations

import os
import pwd
from dataclasses import dataclass
from pathlib import Path
from string import Template

from fleet.broker.authority import Authority, Clock

MOSQUITTO = Path("/usr/sbin/mosquitto")  # Debian's; not on every user's search path


class InstallationError(Exception):
    """The broker's settings cannot be written; says which file and what to do."""


@dataclass(frozen=True)
class Installation:
    """A folder that a broker can be started from."""

    command: tuple[str, ...]
    authority: Authority


def install(folder: Path, texts: Path, host: str, port: int, now: Clock) -> Installation:
    """Write the folder, or bring it up to date; certificates that are still good are kept.

    `texts` is `config/broker`; `host` is the address to listen on and the name on the certificate.
    Raises AuthorityError or InstallationError.
    """
    folder = folder.resolve()
    authority = Authority.open(folder / "certificates", now)
    try:
        own = authority.for_broker((host, "localhost"))
        data = folder / "data"
        data.mkdir(mode=0o700, exist_ok=True)
        access = folder / "access.txt"
        access.write_text((texts / "access.txt").read_text("utf-8"), "utf-8")
        access.chmod(0o600)
        settings = Template((texts / "mosquitto.conf").read_text("utf-8")).substitute(
            host=host,
            port=port,
            authority=own.authority,
            certificate=own.certificate,
            key=own.key,
            access=access,
            data=data,
            # As root mosquitto would change to a user who may not read these files.
            user=pwd.getpwuid(os.getuid()).pw_name,
        )
        file = folder / "mosquitto.conf"
        file.write_text(settings, "utf-8")
    except OSError as error:
        raise InstallationError(
            f"{error.filename}: {error.strerror}; the folder must belong to the broker's user"
        ) from error
    except (KeyError, ValueError) as error:
        raise InstallationError(
            f"{texts / 'mosquitto.conf'}: {error} is no name that is filled in; write $$ for $"
        ) from error
    return Installation((str(MOSQUITTO), "-c", str(file)), authority)
