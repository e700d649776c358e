"""Has the conditions tried in a process of its own, which is ended when it takes too long.

Conditions are foreign text; that they end is proven by letting them run (decision 3).
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from types import TracebackType

from kiosk.catalogue.lint import effects, reach
from kiosk.catalogue.lint.rule import Finding, Scope, Spot

TIME_LIMIT_S = 60.0  # all conditions of the shipped catalogue take about one second
RULES = (*reach.RULES, *effects.RULES)
BY_CODE = {rule.code: rule for rule in RULES}


class ProofError(RuntimeError):
    """The process that tries the conditions failed; its last words are in the text."""


class Proof:
    """Tries the conditions while other rules are looked at; used in a `with` block."""

    def __init__(self, scope: Scope, time_limit_s: float = TIME_LIMIT_S) -> None:
        """Starts nothing yet."""
        self._scope = scope
        self._time_limit_s = time_limit_s
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Proof:
        self._process = subprocess.Popen(  # noqa: S603  this program itself
            [sys.executable, "-m", "kiosk.catalogue.lint.prover", self._scope.today.isoformat()],
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
        if self._process is not None and self._process.poll() is None:
            self._process.kill()
            self._process.communicate()

    def findings(self) -> Iterator[Finding]:
        """What was found; waits until all is tried or the time is over.

        Raises ProofError when the process ends otherwise.
        """
        if self._process is None:
            raise RuntimeError("the proof is used outside its with block")
        told, words, late = self._ended(self._process)
        begun, ended = "", False
        for line in told.splitlines():
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
            raise ProofError(f"trying the conditions failed at {begun or 'the start'}: {words}")

    def _ended(self, process: subprocess.Popen[bytes]) -> tuple[str, str, bool]:
        content = self._scope.catalogue.model_dump_json().encode()
        late = False
        try:
            told, words = process.communicate(content, self._time_limit_s)
        except subprocess.TimeoutExpired:
            late = True
            process.kill()
            told, words = process.communicate()
        whole = told.decode().rpartition("\n")[0]
        return whole, words.decode(errors="replace")[-500:], late
