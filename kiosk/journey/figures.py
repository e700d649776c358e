"""What one session came to, in numbers that name nobody: for the log and the fleet."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.journey.view import View


@dataclass(frozen=True)
class Figures:
    """`fields_separate`: what the departments' forms would have asked one by one."""

    life_event: str
    matters: int
    fields_asked: int
    fields_separate: int
    prefilled: int
    materials_total: int
    materials_exempt: int


def figures(view: View) -> Figures | None:
    """The figures of a session; None before a life event is chosen."""
    if not view.session.life_event:
        return None
    form = view.form
    return Figures(
        life_event=view.event.slug,
        matters=len(view.matters),
        fields_asked=len(form.to_ask),
        fields_separate=form.separate,
        prefilled=form.prefilled,
        materials_total=len(view.materials),
        materials_exempt=len(view.exempt),
    )
