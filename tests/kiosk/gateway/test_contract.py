"""What every gateway promises; run here against the HTTP client and the sandbox platform."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from stdnum.iso7064 import mod_37_36

from kiosk.cases.working_days import due_date
from kiosk.catalogue.load import load_catalogue
from kiosk.catalogue.model import LifeEvent
from kiosk.gateway.port import Gateway, GatewayRefused, Holder, MaterialEntry, Submission
from kiosk.identity.codes import credit_code, licence_identifier
from tests.harness.platform import CATALOGUE, SandboxPlatform
from tests.kiosk.gateway import examples
from tests.kiosk.gateway.examples import CHEN, LIU, ZHOU, MakeSubmission


@pytest.fixture
def gateway(platform: SandboxPlatform) -> Iterator[Gateway]:
    with platform.gateway() as gateway:
        yield gateway


@pytest.fixture(scope="module")
def newborn() -> LifeEvent:
    return load_catalogue(CATALOGUE).life_event("newborn")


@pytest.fixture(scope="module")
def submission(newborn: LifeEvent) -> MakeSubmission:
    every_matter = tuple(matter.slug for matter in newborn.matters)

    def make(**changes: object) -> Submission:
        return examples.submission(**{"matters": every_matter, **changes})

    return make


def test_a_query_gives_the_asked_licences_that_the_holder_has(gateway: Gateway) -> None:
    licences = gateway.licences(examples.licence_request())
    assert {licence.type for licence in licences} == {"resident_id_card", "marriage_certificate"}
    card = next(licence for licence in licences if licence.type == "resident_id_card")
    assert card.fields["holder_number"] == CHEN.number


def test_a_licence_identifier_follows_the_standard(gateway: Gateway) -> None:
    for licence in gateway.licences(examples.licence_request()):
        parts = licence_identifier(licence.identifier)
        assert credit_code(parts.issuer) == parts.issuer
        assert credit_code(parts.type_code[:18]) == parts.type_code[:18]
        assert parts.version == "001"


def test_a_licence_keeps_its_identifier(gateway: Gateway) -> None:
    request = examples.licence_request()
    assert gateway.licences(request) == gateway.licences(request)


def test_who_has_no_licence_gets_none(gateway: Gateway) -> None:
    assert gateway.licences(examples.licence_request(holder=LIU)) == ()


def test_another_name_on_the_same_number_gets_nothing(gateway: Gateway) -> None:
    stranger = replace(CHEN, name="周样例")
    assert gateway.licences(examples.licence_request(holder=stranger)) == ()


def test_an_unknown_licence_type_is_refused(gateway: Gateway) -> None:
    with pytest.raises(GatewayRefused) as refused:
        gateway.licences(examples.licence_request(types=("resident_id_card", "pilot_licence")))
    assert refused.value.code == "unknown_licence_type"


def test_a_purpose_of_200_characters_passes_and_one_more_is_refused(gateway: Gateway) -> None:
    assert gateway.licences(examples.licence_request(purpose="证" * 200))
    with pytest.raises(GatewayRefused) as refused:
        gateway.licences(examples.licence_request(purpose="证" * 201))
    assert refused.value.code == "invalid_request"


def test_a_consent_not_yet_given_is_refused(gateway: Gateway) -> None:
    tomorrow = examples.NOON.replace(year=2090)
    with pytest.raises(GatewayRefused) as refused:
        gateway.licences(examples.licence_request(consent_at=tomorrow))
    assert refused.value.code == "consent_in_future"


def test_each_matter_goes_to_its_department_with_its_limit(
    gateway: Gateway, newborn: LifeEvent, submission: MakeSubmission
) -> None:
    acknowledgement = gateway.submit(submission())
    accepted_on = acknowledgement.accepted_at.date()
    units = load_catalogue(CATALOGUE).units
    assert [
        (progress.matter, progress.name, progress.department, progress.due, progress.state)
        for progress in acknowledgement.matters
    ] == [
        (
            matter.slug,
            matter.name.zh,
            "、".join(units[unit].name.zh for unit in matter.units),
            None
            if matter.promise_days is None
            else due_date(accepted_on, matter.promise_days).date,
            "accepted",
        )
        for matter in newborn.matters
    ]


def test_a_case_number_says_area_and_day_and_checks(
    gateway: Gateway, submission: MakeSubmission
) -> None:
    acknowledgement = gateway.submit(submission())
    assert acknowledgement.case_no.startswith(f"439900{acknowledgement.accepted_at:%Y%m%d}")
    assert mod_37_36.is_valid(acknowledgement.case_no)


def test_handing_in_again_gives_the_same_acknowledgement(
    gateway: Gateway, submission: MakeSubmission
) -> None:
    request = submission()
    assert gateway.submit(request) == gateway.submit(request)


def test_the_order_of_values_makes_no_other_submission(
    gateway: Gateway, submission: MakeSubmission
) -> None:
    request = submission()
    turned = replace(request, values=dict(reversed(request.values.items())))
    assert gateway.submit(turned) == gateway.submit(request)


def test_the_same_id_with_other_content_is_refused(
    gateway: Gateway, submission: MakeSubmission
) -> None:
    request = submission()
    gateway.submit(request)
    with pytest.raises(GatewayRefused) as refused:
        gateway.submit(replace(request, delivery="collect"))
    assert refused.value.code == "application_differs"


def test_the_same_submission_at_once_from_many_makes_one_case(
    platform: SandboxPlatform, gateway: Gateway, submission: MakeSubmission
) -> None:
    request = submission()
    before = platform.desk("counts")
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(gateway.submit, [request] * 16))
    after = platform.desk("counts")
    assert len({answer.case_no for answer in answers}) == 1
    assert after["cases"] - before["cases"] == 1
    assert after["repeats"] - before["repeats"] == 15


def test_different_submissions_at_once_get_different_numbers(
    gateway: Gateway, submission: MakeSubmission
) -> None:
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(gateway.submit, [submission() for _ in range(16)]))
    assert len({answer.case_no for answer in answers}) == 16


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"life_event": "moving_to_mars"}, "unknown_life_event"),
        ({"matters": ("no_such_matter",)}, "unknown_matter"),
        ({"matters": ()}, "invalid_request"),
        ({"values": {"child_name": "小\x00样"}}, "invalid_request"),
        ({"materials": (MaterialEntry("form", "by_magic"),)}, "invalid_request"),
        ({"materials": (MaterialEntry("form", "licence"),)}, "invalid_request"),
        ({"materials": (MaterialEntry("form", "licence", "1.2.156.3005.2.0"),)}, "unknown_licence"),
    ],
)
def test_what_the_platform_cannot_take_is_refused_with_a_reason(
    gateway: Gateway, submission: MakeSubmission, change: dict[str, object], code: str
) -> None:
    with pytest.raises(GatewayRefused) as refused:
        gateway.submit(submission(**change))
    assert refused.value.code == code
    assert refused.value.reason


def test_a_deferred_material_may_leave_the_day_to_the_department(
    gateway: Gateway, submission: MakeSubmission
) -> None:
    assert gateway.submit(submission(materials=(MaterialEntry("invoices", "later"),))).case_no


def test_the_applicants_own_licence_stands_for_a_material(
    gateway: Gateway, submission: MakeSubmission
) -> None:
    licence = gateway.licences(examples.licence_request())[0]
    own = MaterialEntry("id_copy", "licence", licence.identifier)
    assert gateway.submit(submission(materials=(own,))).case_no
    with pytest.raises(GatewayRefused) as refused:
        gateway.submit(submission(materials=(own,), applicant=ZHOU))
    assert refused.value.code == "unknown_licence"


def test_the_holder_sees_where_the_case_stands(
    gateway: Gateway, submission: MakeSubmission
) -> None:
    acknowledgement = gateway.submit(submission())
    status = gateway.case(acknowledgement.case_no, CHEN)
    assert (status.case_no, status.life_event) == (acknowledgement.case_no, "newborn")
    assert (status.state, status.matters) == ("accepted", acknowledgement.matters)


def test_another_holder_is_told_no_more_than_of_a_case_that_is_none(
    gateway: Gateway, submission: MakeSubmission
) -> None:
    acknowledgement = gateway.submit(submission())
    with pytest.raises(GatewayRefused) as other_holder:
        gateway.case(acknowledgement.case_no, ZHOU)
    with pytest.raises(GatewayRefused) as no_case:
        gateway.case("43990020000101000001X", ZHOU)
    assert str(other_holder.value) == str(no_case.value)
    assert other_holder.value.code == "unknown_case"


def test_the_holder_finds_all_own_cases_the_newest_first_and_nobody_elses(
    gateway: Gateway, submission: MakeSubmission
) -> None:
    gateway.submit(submission(applicant=ZHOU))
    numbers = [gateway.submit(submission()).case_no for _ in range(3)]
    own = gateway.cases(CHEN)
    assert [status.case_no for status in own[:3]] == numbers[::-1]
    assert gateway.case(numbers[0], CHEN) == own[2]
    assert own[0].accepted_at is not None
    assert not {status.case_no for status in gateway.cases(ZHOU)} & {s.case_no for s in own}


def test_whose_case_it_is_does_not_depend_on_how_the_x_was_written(
    gateway: Gateway, submission: MakeSubmission
) -> None:
    upper = Holder("111", "43990019910101001X", "样例")
    case_no = gateway.submit(submission(applicant=upper)).case_no
    assert gateway.cases(replace(upper, number=upper.number.lower()))[0].case_no == case_no


def test_no_more_than_twenty_cases_are_told(gateway: Gateway, submission: MakeSubmission) -> None:
    busy = Holder("111", "439900198001010018", "忙样例")
    numbers = [gateway.submit(submission(applicant=busy)).case_no for _ in range(21)]
    assert [status.case_no for status in gateway.cases(busy)] == numbers[:0:-1]


def test_who_never_handed_anything_in_has_no_cases(gateway: Gateway) -> None:
    assert gateway.cases(Holder("111", "439900190001010018", "新样例")) == ()


def test_earlier_values_are_told_for_the_elements_asked_and_to_their_holder(
    gateway: Gateway,
) -> None:
    asked = examples.licence_request(holder=LIU, elements=("phone", "never_said"))
    assert gateway.earlier(asked) == {"phone": "13800000074"}
    assert gateway.earlier(replace(asked, holder=CHEN)) == {}
    assert gateway.earlier(replace(asked, holder=replace(LIU, name="陈样例"))) == {}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"consent_at": examples.NOON.replace(year=2090)}, "consent_in_future"),
        ({"purpose": ""}, "invalid_request"),
        ({"elements": ()}, "invalid_request"),
    ],
)
def test_earlier_values_need_consent_and_a_purpose(
    gateway: Gateway, change: dict[str, object], code: str
) -> None:
    asked = examples.licence_request(holder=LIU, elements=("phone",))
    with pytest.raises(GatewayRefused) as refused:
        gateway.earlier(replace(asked, **change))  # type: ignore[arg-type]
    assert refused.value.code == code


def test_a_department_brings_its_matter_on_and_the_holder_sees_it(
    platform: SandboxPlatform, gateway: Gateway, submission: MakeSubmission
) -> None:
    request = submission()
    case_no = gateway.submit(request).case_no
    first, *others = request.matters
    assert platform.advance(case_no, first, "suspended") == 204
    assert platform.advance(case_no, first, "finished") == 409
    assert platform.advance(case_no, first, "accepted") == 204
    for matter in request.matters:
        assert gateway.case(case_no, CHEN).state == "accepted"
        assert platform.advance(case_no, matter, "finished") == 204
    status = gateway.case(case_no, CHEN)
    assert status.state == "finished"
    assert {progress.state for progress in status.matters} == {"finished"}
    assert others, "the life event bundles several matters"


def test_an_acknowledgement_stays_as_it_was_first_given(
    platform: SandboxPlatform, gateway: Gateway, submission: MakeSubmission
) -> None:
    request = submission()
    acknowledgement = gateway.submit(request)
    platform.advance(acknowledgement.case_no, request.matters[0], "finished")
    assert gateway.submit(request) == acknowledgement


def test_a_rating_counts_once_and_is_turned_round_to_the_standard(
    platform: SandboxPlatform, gateway: Gateway
) -> None:
    before = platform.desk("counts")
    worst = examples.rating(satisfaction=1)
    gateway.rate(worst)
    gateway.rate(worst)
    after = platform.desk("counts")
    assert after["evaluations"] - before["evaluations"] == 1
    assert after["satisfaction"].get("5", 0) - before["satisfaction"].get("5", 0) == 1


@pytest.mark.parametrize("satisfaction", [0, 6])
def test_a_rating_off_the_scale_is_refused(gateway: Gateway, satisfaction: int) -> None:
    with pytest.raises(GatewayRefused) as refused:
        gateway.rate(examples.rating(satisfaction=satisfaction))
    assert refused.value.code == "invalid_request"


def test_a_changed_rating_under_the_same_id_is_refused(gateway: Gateway) -> None:
    rating = examples.rating()
    gateway.rate(rating)
    with pytest.raises(GatewayRefused) as refused:
        gateway.rate(replace(rating, satisfaction=1))
    assert refused.value.code == "evaluation_differs"


def test_a_problem_is_reported_once(platform: SandboxPlatform, gateway: Gateway) -> None:
    before = platform.desk("counts")["problems"]
    problem = examples.problem()
    gateway.report_problem(problem)
    gateway.report_problem(problem)
    assert platform.desk("counts")["problems"] - before == 1
    with pytest.raises(GatewayRefused) as refused:
        gateway.report_problem(replace(problem, kind="other"))
    assert refused.value.code == "problem_differs"


def test_a_problem_outside_a_life_event_is_taken(gateway: Gateway) -> None:
    gateway.report_problem(examples.problem(life_event="", page="choose", facts={}))
