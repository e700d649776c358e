"""What is counted of a session, and the one line that the log has of it when it ends."""

from __future__ import annotations

import time
from dataclasses import asdict, dataclass

import structlog

from kiosk.journey.figures import figures
from kiosk.journey.view import View

log = structlog.get_logger(__name__)


@dataclass
class Tally:
    """Pages shown, touches on the glass, and since when, by the monotonic clock."""

    pages: int = 0
    touches: int = 0
    began_s: float = 0.0

    def log_end(self, view: View) -> None:
        """Log what the session came to; nothing in it is personal."""
        session = view.session
        outcome = session.outcome
        came_to = figures(view)
        log.info(
            "session ended",
            session=session.id,
            submission=session.submission.id if session.submission else "",
            handed_in=bool(outcome and outcome.acknowledgement),
            kept=bool(outcome and outcome.provisional_no),
            printed=session.printing.value if session.printing else "",
            pages=self.pages,
            touches=self.touches,
            seconds=round(time.monotonic() - self.began_s, 1),
            **(asdict(came_to) if came_to else {}),
        )
