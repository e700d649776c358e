"""Has the conditions tried in a process of its own, which is ended when it takes too long.

Conditions are foreign text; that they end is proven by letting them run (decision 3).
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import date
from types import TracebackType

from kiosk.catalogue.lint import effects, reach
from kiosk.catalogue.lint.rule import Finding, Spot
from kiosk.catalogue.model import Catalogue

TIME_LIMIT_S = 60.0  # all conditions of the shipped catalogue take about one second
RULES = (*reach.RULES, *effects.RULES)
BY_CODE = {rule.code: rule for rule in RULES}


class ProofError(RuntimeError):
    """The process that tries the conditions failed; its last words are in the text."""


class Proof:
    """Tries the conditions while other rules are looked at.

    Used in a `with` block, which starts the process; then `begin`, then `findings`. Leaving the
    block ends the process, whatever it does.
    """

    def __init__(self, today: date, time_limit_s: float = TIME_LIMIT_S) -> None:
        """Starts nothing yet. `today` bounds the dates that are tried."""
        self._today = today
        self._time_limit_s = time_limit_s
        self._threads = ThreadPoolExecutor(1, "proof")
        self._process: subprocess.Popen[bytes] | None = None
        self._told: Future[tuple[bytes, bytes, bool]] | None = None

    def __enter__(self) -> Proof:
        self._process = subprocess.Popen(  # noqa: S603  this program itself
            [sys.executable, "-m", "kiosk.catalogue.lint.prover", self._today.isoformat()],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._process is not None:
            self._process.kill()
            self._threads.shutdown()
            if self._told is None:
                self._process.communicate()

    def begin(self, catalogue: Catalogue) -> None:
        """Give the process what to try; does not wait."""
        if self._process is None:
            raise RuntimeError("the proof is used outside its with block")
        self._told = self._threads.submit(self._talk, self._process, catalogue)

    def findings(self) -> Iterator[Finding]:
        """What was found; waits until all is tried or the time is over.

        Raises ProofError when the process ends otherwise.
        """
        if self._told is None:
            raise RuntimeError("the proof was not begun")
        told, words, late = self._told.result()
        begun, ended = "", False
        # A process that is killed may leave half a line.
        for line in told.rpartition(b"\n")[0].splitlines():
            found = json.loads(line)
            if "event" in found:
                begun = found["event"]
            elif "end" in found:
                ended = True
            else:
                kind, slug, key = found["spot"]
                yield BY_CODE[found["code"]].at(Spot(kind, slug, tuple(key)), found["problem"])
        if late:
            spot = Spot("life_events", begun)
            yield reach.TIME.at(spot, f"not done within {self._time_limit_s:g} s, at {begun}")
        elif not ended:
            said = words.decode(errors="replace")[-500:]
            raise ProofError(f"trying the conditions failed at {begun or 'the start'}: {said}")

    def _talk(
        self, process: subprocess.Popen[bytes], catalogue: Catalogue
    ) -> tuple[bytes, bytes, bool]:
        """What the process writes, its last words, and whether it had to be ended."""
        content = catalogue.model_dump_json().encode()
        try:
            return *process.communicate(content, self._time_limit_s), False
        except subprocess.TimeoutExpired:
            process.kill()
            return *process.communicate(), True
