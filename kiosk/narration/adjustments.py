"""What a change of the profile sounds like. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from kiosk.access.profile import Profile
from kiosk.narration.wording import Said, Wording


def heard(before: Profile, after: Profile, wording: Wording) -> list[Said]:
    """What changed of it and would not be noticed otherwise, in words."""
    return [said for notice in NOTICES for said in notice(before, after, wording)]


def _volume(before: Profile, after: Profile, wording: Wording) -> Iterator[Said]:
    if before.speech.volume != after.speech.volume:
        yield wording.phrase("narration.volume", step=after.speech.volume)


def _rate(before: Profile, after: Profile, wording: Wording) -> Iterator[Said]:
    rate = after.speech.rate
    if before.speech.rate == rate:
        return
    if rate == 0:
        yield wording.phrase("narration.rate_usual")
    else:
        key = "narration.rate_faster" if rate > 0 else "narration.rate_slower"
        yield wording.phrase(key, step=abs(rate))


def _numbers(before: Profile, after: Profile, wording: Wording) -> Iterator[Said]:
    if before.speech.numbers_aloud != after.speech.numbers_aloud:
        aloud = after.speech.numbers_aloud
        yield wording.phrase("narration.numbers_on" if aloud else "narration.numbers_off")


def _curtain(before: Profile, after: Profile, wording: Wording) -> Iterator[Said]:
    if before.curtain != after.curtain:
        yield wording.phrase("narration.curtain_on" if after.curtain else "narration.curtain_off")


NOTICES: tuple[Callable[[Profile, Profile, Wording], Iterator[Said]], ...] = (
    _volume,
    _rate,
    _numbers,
    _curtain,
)
