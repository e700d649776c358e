"""The files that make `ippeveprinter` a printer with paper, a cover and faults. Data, no processes.

Its job command is the mechanism: a script that says the printer's state and prints, or does not,
as the files `reasons` and `fault` beside it tell. What it prints it puts into the folder `out`.
"""

from __future__ import annotations

from pathlib import Path

from drivers.page_printer.port import MarkerState
from drivers.status import PaperState

LEVER = "lever"  # the name of a job that prints nothing: it makes the printer say its state anew
NONE = "none"
_KEPT = 20  # print-outs

MEDIA_EMPTY = "media-empty"
MEDIA_NEEDED = "media-needed"  # said by ippeveprinter itself
PAPER = {
    PaperState.LOW: "media-low",
    PaperState.OUT: MEDIA_EMPTY,
    PaperState.JAMMED: "media-jam",
}
MARKER = {MarkerState.LOW: "marker-supply-low", MarkerState.OUT: "marker-supply-empty"}
COVER_OPEN = "cover-open"

# ippeveprinter calls a cancelled job `processing-to-stop-point` until its command has ended
_CANCELLED = """{
  OPERATION Get-Job-Attributes
  GROUP operation-attributes-tag
  ATTR charset attributes-charset utf-8
  ATTR naturalLanguage attributes-natural-language en
  ATTR uri printer-uri $uri
  ATTR integer job-id $job
  ATTR name requesting-user-name $user
  STATUS successful-ok
  EXPECT job-state-reasons WITH-VALUE "processing-to-stop-point"
}
"""

_MECHANISM = f"""#!/bin/sh
# The printer's mechanism: $1 is the document. Says its state on stderr, as ippeveprinter reads it.
here=$(dirname "$0")
cp "$1" "$here/out/.held"
cd "$here" || exit 1
now() {{ echo "$2" >".$1-now"; mv ".$1-now" "$1"; }}  # in one step: the other side may be reading
while kill -0 "$PPID" 2>/dev/null; do
    reasons=$(cat reasons) fault=$(cat fault)
    echo "STATE: $reasons" >&2
    [ "$IPP_JOB_NAME" != {LEVER} ] || exit 0
    case $fault in
        paper_out_mid_job) now fault none; now reasons {MEDIA_EMPTY}; continue ;;
        dies_mid_job) now fault none; kill -KILL "$PPID"; exit 1 ;;
        gives_up) exit 1 ;;
    esac
    case $fault,$reasons in
        none,*media-empty*|none,*media-jam*|none,*cover-open*|none,*supply-empty*) ;;
        none,*)
            mv out/.held "out/$(date +%s%N).pdf"
            ls out | head -n -{_KEPT} | while read -r old; do rm "out/$old"; done
            echo "ATTR: job-impressions-completed=1" >&2
            exit 0 ;;
    esac
    ipptool -q -T 2 -d job="$IPP_JOB_ID" "$IPP_JOB_PRINTER_URI" cancelled.test >/dev/null && exit 0
    sleep 0.05
done
"""

_BUS = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>system</type>
  <listen>{address}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow user="*"/><allow own="*"/><allow send_destination="*"/><allow receive_sender="*"/>
  </policy>
</busconfig>
"""


class Mechanism:
    """The folder that the job command lives in."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def install(self) -> None:
        """Write the command and a printer that is well."""
        (self.folder / "out").mkdir(parents=True, exist_ok=True)
        self.spool.mkdir(exist_ok=True)
        self._write("cancelled.test", _CANCELLED)
        self._write("command", _MECHANISM)
        self.command.chmod(0o700)
        self.fault = NONE
        self.reasons = frozenset()

    @property
    def command(self) -> Path:
        """What ippeveprinter runs for each job."""
        return self.folder / "command"

    @property
    def spool(self) -> Path:
        """Where ippeveprinter keeps documents while it has to."""
        return self.folder / "spool"

    @property
    def log(self) -> Path:
        """What ippeveprinter says to its administrator."""
        return self.folder / "log.txt"

    @property
    def reasons(self) -> frozenset[str]:
        """The printer-state-reasons, without severity."""
        return frozenset(self._read("reasons").split(",")) - {NONE}

    @reasons.setter
    def reasons(self, reasons: frozenset[str]) -> None:
        self._write("reasons", ",".join(sorted(reasons)) or NONE)

    @property
    def fault(self) -> str:
        """What is wrong beside the reasons."""
        return self._read("fault")

    @fault.setter
    def fault(self, fault: str) -> None:
        self._write("fault", fault)

    def printed(self) -> list[Path]:
        """The documents that came out and are still kept, oldest first."""
        return sorted((self.folder / "out").glob("[0-9]*.pdf"))

    def _read(self, name: str) -> str:
        return (self.folder / name).read_text("ascii").strip()

    def _write(self, name: str, text: str) -> None:
        # in one step: the command may be reading
        part = self.folder / f".{name}"
        part.write_text(f"{text}\n", "ascii")
        part.replace(self.folder / name)


def bus_configuration(address: str) -> str:
    """The configuration of a D-Bus at that address, open to this machine's users."""
    return _BUS.format(address=address)
