"""What keys and headphones change of the profile, whatever page is shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from kiosk.access.profile import (
    FASTEST,
    LOUDEST,
    QUIETEST,
    SLOWEST,
    Profile,
    Scanning,
    Speech,
)
from kiosk.journey.session import Session
from kiosk.journey.signals import Adjustment


def adjusted(session: Session, adjustment: Adjustment) -> Session:
    """The session with its profile changed."""
    profile = ADJUSTMENTS[adjustment](session.profile)
    return session if profile == session.profile else replace(session, profile=profile)


def heard_by(session: Session, *, plugged: bool) -> Session:
    """Headphones in turn speech on; pulled, they turn off what they turned on.

    So nothing that was for one pair of ears goes on for all.
    """
    speech = session.profile.speech
    if plugged and not speech.on:
        speech = replace(speech, on=True, by_headphones=True)
    elif not plugged and speech.by_headphones:
        speech = replace(speech, on=False, by_headphones=False)
    profile = replace(session.profile, speech=speech)
    return replace(session, headphones=plugged, profile=profile)


def as_usual(session: Session) -> Session:
    """The profile of a session that nobody has begun."""
    return heard_by(replace(session, profile=Profile()), plugged=session.headphones)


def _spoken(change: Callable[[Speech], Speech]) -> Callable[[Profile], Profile]:
    return lambda profile: replace(profile, speech=change(profile.speech))


def _toggled(speech: Speech) -> Speech:
    return replace(speech, on=not speech.on, by_headphones=False)


def _scanned(by: Scanning) -> Callable[[Profile], Profile]:
    def scanned(profile: Profile) -> Profile:
        if profile.scanning is not Scanning.NONE:
            return profile
        return replace(profile, scanning=by)

    return scanned


ADJUSTMENTS: Mapping[Adjustment, Callable[[Profile], Profile]] = {
    Adjustment.LOUDER: _spoken(lambda s: replace(s, volume=min(LOUDEST, s.volume + 1))),
    Adjustment.SOFTER: _spoken(lambda s: replace(s, volume=max(QUIETEST, s.volume - 1))),
    Adjustment.FASTER: _spoken(lambda s: replace(s, rate=min(FASTEST, s.rate + 1))),
    Adjustment.SLOWER: _spoken(lambda s: replace(s, rate=max(SLOWEST, s.rate - 1))),
    Adjustment.SPEECH: _spoken(_toggled),
    Adjustment.CURTAIN: lambda profile: replace(profile, curtain=not profile.curtain),
    Adjustment.SWITCH: _scanned(Scanning.ONE_SWITCH),
    Adjustment.SWITCHES: _scanned(Scanning.TWO_SWITCHES),
}
