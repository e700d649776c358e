"""What the one notice says and what of it reaches the paper that people take home."""

from __future__ import annotations

from random import Random

import pytest

from kiosk.access.profile import Language, Profile
from kiosk.documents.receipt import Receipt, Section
from kiosk.journey import region_choice
from kiosk.journey.effects import PrintReceipt
from kiosk.journey.page import Figures, Page, Paragraph, Rows, Weight
from kiosk.journey.session import Session
from kiosk.journey.signals import CardFailed, CardTrouble, Pressed
from kiosk.journey.step import show
from kiosk.journey.view import View
from kiosk.journey.way import NOTICE
from kiosk.journey.world import Moment, World
from tests.harness.applicant import Applicant, Known
from tests.harness.people import citizen
from tests.harness.walk import NOW, Walker, world
from tests.kiosk.journey.applicants import told
from tests.kiosk.journey.test_newborn import SHORT, rows, walk
from yici.journey.invented import Inventor


@pytest.fixture(scope="module")
def shipped() -> World:
    return world()


def with_card(shipped: World, event: str, who: str) -> Walker:
    """Walks the life event with an ID card to its end, as `applicants.yaml` says."""
    entry = next(each for each in told() if (each.life_event, each.who) == (event, who))
    walker = Walker(shipped)
    someone = citizen(who)
    inventor = Inventor(shipped.catalogue, NOW.date(), Random(1))
    says = {**entry.answers, **entry.values}
    applicant = Applicant(
        walker, someone.person, Known(someone), inventor, says, entry.entries, entry.papers
    )
    applicant.walk(event)
    return walker


def without_card(shipped: World, event: str, **said: str) -> Walker:
    """Walks the life event to its end, saying that there is no ID card."""
    walker = Walker(shipped)
    walker.press("begin")
    walker.press(event)
    if walker.page.id == "identify":
        walker.press("without_card")
    walker.to("told", Said(walker, said))
    return walker


class Said(dict[str, str]):
    """Answers as said; the first one offered where nothing was."""

    def __init__(self, walker: Walker, said: dict[str, str]) -> None:
        super().__init__(said)
        self._walker = walker

    def __missing__(self, question: str) -> str:
        event = self._walker.world.guidance(self._walker.session.life_event, NOW.date()).event
        return next(q.options[0].value for q in event.questions if q.slug == question)


def notice(walker: Walker) -> Page:
    return next(page for page in reversed(walker.pages) if page.id == "notice")


def line_of(page: Page, block: str, row: str) -> str:
    """All that one line of the notice says."""
    rows = page.block(block)
    assert isinstance(rows, Rows)
    found = next(each for each in rows.rows if each.id == row)
    return "\n".join((found.text, found.detail, found.value, found.badge))


def paper(walker: Walker) -> Receipt:
    return [e.receipt for e in walker.effects if isinstance(e, PrintReceipt)][-1]


def words(receipt: Receipt) -> str:
    """Everything that the paper says below its head."""
    entries = [entry for section in receipt.sections for entry in section.entries]
    lines = [f"{entry.text} {entry.right}\n{entry.below}" for entry in entries]
    return "\n".join((*lines, *receipt.closing))


def section(receipt: Receipt, title: str) -> Section:
    return next(each for each in receipt.sections if each.title == title)


def test_a_fee_is_told_on_the_notice_and_on_the_slip(shipped):
    walker = without_card(shipped, "company_property")
    fee = "要收费（住宅每件 80 元，非住宅每件 550 元；多一本证加 10 元）"
    line = line_of(notice(walker), "matters", "company_property_registration")
    assert fee in line
    assert "收费依据：湘发改价费〔2019〕597号" in line
    assert fee in words(paper(walker))


def test_an_amount_is_told_with_when_it_is_taken(shipped):
    walker = without_card(shipped, "after_a_death")
    assert "收费 20 元（选邮寄才收，由邮政速递公司收取）" in words(paper(walker))


def test_that_a_fee_is_not_published_is_said_once(shipped):
    walker = without_card(shipped, "after_a_death")
    assert notice(walker).block("open_fees") == Paragraph(
        "open_fees", "没写收费的，收费还没公布。", small=True
    )
    assert words(paper(walker)).count("还没公布。") == 1


def test_a_fee_stands_on_the_receipt_of_what_is_handed_in(shipped):
    walker = with_card(shipped, "company_property", "he")
    matters = section(paper(walker), "一起办的事").entries
    assert any("住宅每件 80 元" in entry.below for entry in matters)


def test_the_limit_of_the_whole_and_what_one_gets_are_told(shipped):
    walker = without_card(shipped, "newborn")
    page = notice(walker)
    whole = page.block("limit_of_all")
    assert isinstance(whole, Paragraph)
    assert "公布的总时限：5 个工作日" in whole.text
    assert "办好后给您：居民户口簿" in line_of(page, "matters", "household_registration")
    assert "公布的总时限 5 个工作日" in words(paper(walker))


def test_the_large_figures_are_those_of_this_citizen_and_the_published_ones_say_whose_they_are(
    shipped,
):
    walker = walk(shipped)
    walker.to("notice", SHORT)
    figures = walker.page.block("figures")
    assert isinstance(figures, Figures)
    longest = max(
        int(value.split()[0])
        for value in rows(walker.page, "matters").values()
        if value.endswith("个工作日")
    )
    assert [figure.now for figure in figures.figures] == [
        f"{longest} 个工作日",
        f"{len(rows(walker.page, 'bring'))} 份",
    ]
    published = walker.page.block("reductions")
    assert isinstance(published, Paragraph)
    assert published.text.startswith("省政务服务网公布")


def test_the_slip_says_what_to_mind_about_a_paper_and_whether_it_may_be_left_out(shipped):
    bring = {
        entry.text: entry
        for entry in section(paper(without_card(shipped, "land_use")), "要准备的材料").entries
    }
    assert bring["□ 选址意见"].right == "可以不交"
    assert "有关方书面同意" in bring["□ 选址意见"].below


def test_the_slip_says_that_a_promise_can_stand_for_a_paper(shipped):
    bring = section(paper(without_card(shipped, "after_a_death")), "要准备的材料").entries
    assert next(e.right for e in bring if e.text == "□ 亲属关系证明") == "可以承诺代替"


def test_the_slip_leads_to_a_place_with_address_and_hours_and_names_both_phones(shipped):
    receipt = paper(without_card(shipped, "land_use"))
    (point,) = section(receipt, "到哪里办").entries
    assert "湖南湘江新区麓谷大道668号C座二楼" in point.below
    assert "夏季9:00—12:00" in point.below
    assert "咨询 0731-85152679、0731-89755140" in receipt.closing
    assert "监督 0731-89755309" in receipt.closing


def test_a_phone_that_is_not_published_is_said_to_be_open(shipped):
    receipt = paper(without_card(shipped, "certificates", which="id_card", id_reason="lost"))
    assert "咨询 还没公布" in receipt.closing


def test_the_slip_says_why_not_here_and_what_must_hold(shipped):
    receipt = paper(without_card(shipped, "land_use"))
    matters = [entry.text for entry in section(receipt, "一起办的事").entries]
    assert matters.count("要到窗口办，这台机器办不了") == 1  # for all of them
    assert section(receipt, "符合这些就能办").entries[1].text == "2. 产业不属于国家目录里的淘汰类"


def test_a_draft_is_called_one_on_paper_too(shipped):
    walker = without_card(shipped, "second_hand_home")
    assert isinstance(notice(walker).block("drafted"), Paragraph)
    assert "这张单子有示例内容，待主管部门核定。" in paper(walker).closing


def test_what_the_system_makes_and_one_must_sign_is_told_and_stands_on_the_receipt(shipped):
    walker = with_card(shipped, "after_a_death", "cao")
    line = line_of(notice(walker), "exempt", "after_a_death_promise")
    assert "请每位继承人签名" in line
    (entry,) = section(paper(walker), "不用带，请留意").entries
    assert entry.below == "自动生成，请每位继承人签名"


def test_a_query_tells_what_belongs_to_it_before_and_on_paper(shipped):
    walker = with_card(shipped, "school", "xiao")
    places = [page.id for page in walker.pages]
    assert places.index("notice") < places.index("found")
    page = notice(walker)
    assert next(a.id for a in page.actions if a.weight is Weight.PRIMARY) == "continue"
    assert "要到窗口办" in line_of(page, "matters", "school_enrolment")
    receipt = paper(walker)
    assert receipt.title == "查询结果"
    enrolment = shipped.guidance("school", NOW.date()).event.matters
    names = {matter.name.zh for matter in enrolment if matter.slug == "school_enrolment"}
    assert names & {entry.text for entry in section(receipt, "一起办的事").entries}
    assert any(line.startswith("咨询 0731") for line in receipt.closing)


def test_the_official_name_stands_small_on_notice_and_slip(shipped):
    walker = without_card(shipped, "second_hand_home")
    official = "二手房转移登记及水电气联动过户"
    block = notice(walker).block("official_name")
    assert block == Paragraph("official_name", f"正式名称：{official}", small=True)
    assert ("正式名称", official) in paper(walker).facts


def test_an_official_name_that_people_use_themselves_is_not_said_twice(shipped):
    event = shipped.catalogue.life_event("after_a_death")
    assert event.official_name is not None
    same = {one for one in Language if event.official_name.in_(one) == event.name.in_(one)}
    assert Language.ZH not in same
    assert Language.EN in same
    for language in (Language.ZH, Language.EN):
        profile = Profile(language=language)
        session = Session("one", place=NOTICE, life_event=event.slug, profile=profile)
        page = show(shipped, session, Moment(NOW, "id-0")).page
        named = any(block.id == "official_name" for block in page.blocks)
        assert named == (language not in same)


def test_every_entry_of_several_has_its_number_on_the_check_page(shipped):
    entry = next(each for each in told() if each.entries.get("heirs") == 2)
    walker = with_card(shipped, entry.life_event, entry.who)
    check = next(page for page in walker.pages if page.id == "check")
    answers = check.block("answers")
    assert isinstance(answers, Rows)
    named = [row.text for row in answers.rows if row.text.startswith("继承人姓名")]
    assert named == ["继承人姓名 1", "继承人姓名 2"]


def test_whoever_lost_the_card_is_told_all_without_it(shipped):
    walker = without_card(shipped, "certificates", which="id_card", id_reason="lost")
    assert walker.session.person is None
    assert not any(page.id.startswith("field.") for page in walker.pages)
    line = line_of(notice(walker), "matters", "id_card_renewal")
    assert "读了身份证才能在这里办，没有的到窗口办" in line
    assert paper(walker).title == "一次告知单"


def test_an_expired_card_does_not_shut_anybody_out(shipped):
    walker = Walker(shipped)
    walker.press("begin")
    walker.press("certificates")
    walker.send(CardFailed(CardTrouble.EXPIRED))
    walker.press("without_card")
    assert walker.page.id == "question.which"
    assert walker.session.trouble is None


def test_cases_are_not_shown_to_whoever_has_no_card(shipped):
    walker = Walker(shipped)
    walker.press("begin")
    walker.press("progress")
    assert all(action.id != "without_card" for action in walker.page.actions)
    walker.send(Pressed(walker.page.id, "without_card"))
    assert not walker.session.told_only


def test_the_only_province_has_no_level_above_it(shipped):
    walker = Walker(shipped)
    view = View(shipped, walker.session, Moment(NOW, "id"))
    tree = shipped.catalogue.region_tree
    (province,) = tree.children()
    city = tree.children(province.code)[0]
    assert not region_choice.has_up(view, "")
    assert not region_choice.has_up(view, province.code)
    assert tree.children(city.code)
    assert region_choice.has_up(view, city.code)
    assert region_choice.up(view, city.code).draft == province.code
