"""Every parser of outside bytes, fed with frames as bad wires and broken devices deliver them.

In CI two thousand each; in `make soak` 10^6, or as many as the variable SOAK_FRAMES says. The
frames follow from SOAK_SEED (1) and the parser's name, so that a failure can be had again.
"""

from __future__ import annotations

import os
import sys

import pytest

from tests.drivers.outside_bytes import (
    camera_subjects,
    code_subjects,
    printer_subjects,
    reader_subjects,
)
from tests.drivers.outside_bytes.feeding import Subject, feed

SUBJECTS = pytest.mark.parametrize(
    "subject",
    [
        *reader_subjects.SUBJECTS,
        *printer_subjects.SUBJECTS,
        *code_subjects.SUBJECTS,
        *camera_subjects.SUBJECTS,
    ],
    ids=lambda subject: subject.name.replace(" ", "-"),
)
IN_CI = 2000
SEED = os.environ.get("SOAK_SEED", "1")


@SUBJECTS
def test_some_frames_gone_wrong_upset_no_parser(subject: Subject) -> None:
    assert feed(subject, IN_CI, "ci").frames == IN_CI


@pytest.mark.soak
@SUBJECTS
def test_a_million_frames_gone_wrong_upset_no_parser(
    subject: Subject, capsys: pytest.CaptureFixture[str]
) -> None:
    figures = feed(subject, int(os.environ.get("SOAK_FRAMES", "1000000")), SEED)
    with capsys.disabled():
        sys.stdout.write(
            f"\n{subject.name}: {figures.frames:,} frames, {figures.refused:,} refused, "
            f"{figures.most_kept:,} bytes kept at most, {figures.seconds:.0f} s\n"
        )
