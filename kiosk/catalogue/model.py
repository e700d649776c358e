"""The catalogue's records, one pydantic model for files, terminal and releases.

Names follow GB/T 39046-2020: a life event (一件事) bundles matters (事项); a matter needs data
elements (数据元) and materials (材料); a licence (电子证照) may stand for a material.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from kiosk.access.profile import Language

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{1,39}$")]
Condition = Annotated[str, StringConstraints(min_length=1, max_length=300)]


class Record(BaseModel):
    """Every record is frozen and refuses keys that it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Text(Record):
    """A sentence in every language of the terminal."""

    zh: Annotated[str, StringConstraints(min_length=1)]
    en: Annotated[str, StringConstraints(min_length=1)]

    def in_(self, language: Language) -> str:
        """The sentence in one language."""
        return self.zh if language is Language.ZH else self.en


class Provenance(StrEnum):
    """Where a fact comes from; drafts are shown as sample data."""

    SEED = "seed"  # the government documents that list the life events
    PORTAL = "portal"  # the public guides of 湖南政务服务网
    DRAFTED = "drafted"  # written here after what the matter evidently needs


class LifeCycle(StrEnum):
    """The three lists that the annex knows."""

    PERSON = "person"
    ENTERPRISE = "enterprise"
    PROJECT = "project"


class Handling(StrEnum):
    """What a terminal can do about a life event."""

    APPLY = "apply"  # filled in and handed in here
    INFORM = "inform"  # told once: which matters, which departments


class Option(Record):
    """One answer of a question or one value of a choice element."""

    value: Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]{1,40}$")]
    label: Text
    detail: Text | None = None
    shows: Slug | None = Field(default=None, description="element shown instead of detail if known")
    stop: Text | None = Field(default=None, description="this answer ends here, with this reason")
    when: Condition | None = Field(default=None, description="offered only if this holds")


class Question(Record):
    """Guidance (智能引导): an answer decides what applies. `why` stands under the question.

    `label` names the answer on the check page.
    """

    slug: Slug
    label: Text
    text: Text
    why: Text
    options: Annotated[tuple[Option, ...], Field(min_length=2, max_length=5)]
    when: Condition | None = None


class Source(Record):
    """One place a data element's value can come from without asking.

    Exactly one of `card` (a field of the person on the reader), `licence` (`type.field`) and
    `value` (CEL giving text).
    """

    card: Literal["name", "sex", "nation", "birth", "address", "number"] | None = None
    licence: Annotated[str, StringConstraints(pattern=r"^[a-z_]+\.[a-z_]+$")] | None = None
    value: Condition | None = None
    when: Condition | None = None


class ElementKind(StrEnum):
    """How a data element is typed and checked."""

    CHINESE = "chinese"
    TEXT = "text"
    DIGITS = "digits"
    ID_NUMBER = "id_number"
    DATE = "date"
    TIME = "time"
    CHOICE = "choice"


class Check(StrEnum):
    """What a value must satisfy; each has a phrase `check.<value>`."""

    PERSON_NAME = "person_name"
    ID_NUMBER = "id_number"
    MOBILE_PHONE = "mobile_phone"
    BANK_ACCOUNT = "bank_account"
    PAST_DATE = "past_date"
    CLOCK_TIME = "clock_time"
    WHOLE_NUMBER = "whole_number"
    ADDRESS = "address"
    PLAIN = "plain"


class Element(Record):
    """A datum that departments need, named once for all of them (数据元)."""

    slug: Slug
    name: Text
    question: Text
    help: Text | None = None
    unit: Text | None = Field(default=None, description="stands behind the value: 克, g")
    kind: ElementKind
    check: Check = Check.PLAIN
    longest: Annotated[int, Field(ge=1, le=100)] = 60
    lowest: int | None = None
    highest: int | None = None
    months: Annotated[int, Field(ge=1)] | None = Field(
        default=None, description="a date at most so many months ago"
    )
    options: tuple[Option, ...] = ()
    table: Literal["nations"] | None = None
    sensitive: bool = False
    sources: tuple[Source, ...] = ()
    provenance: Provenance = Provenance.DRAFTED


class Matter(Record):
    """One matter (事项) that a department handles. `promise_days` in working days."""

    slug: Slug
    annex: Annotated[str, StringConstraints(pattern=r"^T\d\d-\d\d$")] | None = None
    name: Text
    unit: Text
    when: Condition | None = None
    promise_days: Annotated[int, Field(ge=0, le=400)] | None = None
    result: Text | None = None
    elements: tuple[Slug, ...] = ()
    provenance: Provenance = Provenance.SEED


class Exemption(StrEnum):
    """Why a material need not be brought (免提交方式), after the portal's codes."""

    SYSTEM_FORM = "system_form"  # 1: the system makes it from the form
    LICENCE_CHECK = "licence_check"  # 3: checked as an e-licence
    SUBMIT = "submit"  # 4: to be handed in


class Material(Record):
    """A paper (材料) that a life event asks for."""

    slug: Slug
    source_id: str | None = None
    name: Text
    matters: Annotated[tuple[Slug, ...], Field(min_length=1)]
    when: Condition | None = None
    required: bool = True
    exemption: Exemption
    licence: Slug | None = Field(
        default=None, description="licence type that stands for it when the citizen has one"
    )
    exempt_when: Condition | None = Field(
        default=None, description="what must hold besides for the licence to stand for it"
    )
    issued_by: Text | None = None
    note: Text | None = None
    provenance: Provenance = Provenance.PORTAL


class Reduction(Record):
    """One of the four reductions (四减), before and after."""

    before: Annotated[int, Field(ge=0)]
    after: Annotated[int, Field(ge=0)]


class Reductions(Record):
    """Days, trips, materials and steps, as the portal publishes them."""

    days: Reduction
    trips: Reduction
    materials: Reduction
    steps: Reduction


class Rule(Record):
    """What must hold between elements; `element` is where the message stands."""

    element: Slug
    holds: Condition
    message: Text


class SummaryRow(Record):
    """One line of the page on which answers are checked."""

    label: Text
    elements: Annotated[tuple[Slug, ...], Field(min_length=1)]


class Guide(Record):
    """What the one notice says beside matters and materials."""

    basis: tuple[Text, ...]
    conditions: tuple[Text, ...]
    process: tuple[Text, ...]
    way: Text
    limit_days: Annotated[int, Field(ge=0)] | None = None
    reductions: Reductions | None = None
    consult_phone: str | None = None
    supervise_phone: str | None = None


class LifeEvent(Record):
    """One life event (一件事) with everything that belongs to it."""

    slug: Slug
    number: Annotated[int, Field(ge=1, le=99)]
    name: Text
    summary: Text
    icon: str
    life_cycle: LifeCycle
    handling: Handling
    code: str | None = None
    lead_unit: Text
    provenance: Provenance
    guide: Guide | None = None
    questions: tuple[Question, ...] = ()
    matters: Annotated[tuple[Matter, ...], Field(min_length=1)]
    materials: tuple[Material, ...] = ()
    rules: tuple[Rule, ...] = ()
    check_rows: tuple[SummaryRow, ...] = ()
    licences: tuple[Slug, ...] = ()
    purpose: Text | None = Field(default=None, description="why licences are looked up (用证目的)")


class LicenceType(Record):
    """A kind of electronic licence and the fields that it gives."""

    slug: Slug
    name: Text
    fields: tuple[Slug, ...]


class CodeEntry(Record):
    """One line of a code table, such as GB/T 3304 nations."""

    code: str
    label: Text


class Catalogue(Record):
    """All of it. `release` is the content hash: two catalogues of one release are the same."""

    release: str
    life_events: tuple[LifeEvent, ...]
    elements: dict[str, Element]
    licence_types: dict[str, LicenceType]
    tables: dict[str, tuple[CodeEntry, ...]]

    def life_event(self, name: str) -> LifeEvent:
        """By slug or by its number in the annex; KeyError names what there is."""
        for event in self.life_events:
            if name in (event.slug, str(event.number)):
                return event
        known = ", ".join(event.slug for event in self.life_events)
        raise KeyError(f"no life event {name}; there are {known}")

    def options(self, element: Element) -> tuple[Option, ...]:
        """What can be chosen for a choice element: its own options or its code table's."""
        if element.table is None:
            return element.options
        return tuple(Option(value=e.code, label=e.label) for e in self.tables[element.table])

    def matter(self, slug: str) -> Matter:
        """A matter of any life event; KeyError when there is none."""
        for event in self.life_events:
            for matter in event.matters:
                if matter.slug == slug:
                    return matter
        raise KeyError(f"no matter {slug}")
