"""What devices say, in the words of a journey."""

from __future__ import annotations

from drivers.code_scanner.port import CodeScanned
from drivers.id_card.port import CardFailed as ReaderFailed
from drivers.id_card.port import CardLaid as ReaderLaid
from drivers.id_card.port import CardRead as ReaderRead
from drivers.id_card.port import CardRemoved as ReaderRemoved
from drivers.id_card.port import CardType, IdCard, ReaderEvent
from drivers.kinds import Kind
from drivers.nav_keypad.port import HeadphonesChanged as KeypadHeadphones
from drivers.receipt_printer.port import JobEnd, JobEnded, PrinterEvent
from drivers.status import DeviceState, DeviceStatus, PaperState, StatusChanged
from kiosk.identity.payloads import recognise
from kiosk.identity.person import DocumentType, Person, Sex
from kiosk.journey.signals import (
    CardFailed,
    CardLaid,
    CardRead,
    CardRemoved,
    CardTrouble,
    CodeShown,
    DeviceChanged,
    DeviceHealth,
    HeadphonesChanged,
    PrintFinished,
    PrintOutcome,
    Signal,
)

DOCUMENTS = {
    CardType.CITIZEN: DocumentType.ID_CARD,
    CardType.HMT_RESIDENT: DocumentType.HMT_RESIDENCE_PERMIT,
    CardType.FOREIGNER_2017: DocumentType.FOREIGNER_PERMANENT_RESIDENCE,
    CardType.FOREIGNER_2023: DocumentType.FOREIGNER_PERMANENT_RESIDENCE,
}
OUTCOMES = {
    JobEnd.SENT: PrintOutcome.SENT,
    JobEnd.UNKNOWN: PrintOutcome.UNKNOWN,
    JobEnd.PAPER_OUT: PrintOutcome.PAPER_OUT,
    JobEnd.COVER_OPEN: PrintOutcome.COVER_OPEN,
    JobEnd.FAILED: PrintOutcome.FAILED,
    JobEnd.CANCELLED: PrintOutcome.FAILED,
}


def from_reader(event: ReaderEvent) -> Signal:
    """A reader's event as a signal."""
    match event:
        case ReaderLaid(unseen=unseen):
            return CardLaid(unseen)
        case ReaderRead(card=card):
            return CardRead(person(card))
        case ReaderFailed(fault=fault):
            return CardFailed(CardTrouble(fault.value))
        case ReaderRemoved():
            return CardRemoved()
        case StatusChanged(status=status):
            return DeviceChanged(Kind.ID_CARD, health(status))


def from_printer(event: PrinterEvent) -> Signal:
    """A printer's event as a signal."""
    match event:
        case JobEnded(job=job, end=end):
            return PrintFinished(job, OUTCOMES[end])
        case StatusChanged(status=status):
            return DeviceChanged(Kind.RECEIPT_PRINTER, health(status))


def from_attached(kind: Kind, event: object) -> Signal | None:
    """An event of a device beside those two; None for what no page answers to."""
    match event:
        case StatusChanged(status=status):
            return DeviceChanged(kind, health(status))
        case CodeScanned(code=code):
            return CodeShown(recognise(code.text))
        case KeypadHeadphones(plugged=plugged):
            return HeadphonesChanged(bool(plugged))
    return None


def person(card: IdCard) -> Person:
    """The person whom a card names."""
    return Person(
        name=card.name or card.latin_name,
        sex=Sex(card.sex),
        nation=card.nation,
        birth=card.birth,
        address=card.address,
        document_type=DOCUMENTS[card.type],
        number=card.number,
        valid_to=card.valid_to,
    )


def health(status: DeviceStatus) -> DeviceHealth:
    """A device as the citizen is told of it; no answer is never taken for ready."""
    if status.state in (DeviceState.ABSENT, DeviceState.FAULTED, DeviceState.BACK_OFF):
        return DeviceHealth.LOST
    if status.state is DeviceState.STARTING:
        return DeviceHealth.UNKNOWN
    if status.cover_open:
        return DeviceHealth.COVER_OPEN
    if status.paper in (PaperState.OUT, PaperState.JAMMED):
        return DeviceHealth.PAPER_OUT
    return DeviceHealth.READY
