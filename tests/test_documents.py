"""What the documents name is there: pages they link, headings in them, files, commands."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.main import get_command

from tests.harness.walk import ROOT
from yici.command import app

DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
ROOMS = "benchmarks|config|docs|drivers|fleet|kiosk|screens|setup|tests|yici(?!/v1)"
PATH = re.compile(rf"`((?:{ROOMS})/[\w./-]*)`")
LINK = re.compile(r"\]\(([^):\s]+)\)")
COMMAND = re.compile(r"\byici ((?:catalogue|fleet|journey)(?: [a-z]+)*)")
BLOCKS = re.compile(r"^```\n(.*?)^```|`([^`\n]+)`", re.MULTILINE | re.DOTALL)
WRITTEN_HERE = {  # by the reader, following docs/writing-matters.md
    "config/catalogue/life_events/30-renting.yaml",
}


def anchor(title: str) -> str:
    """The name of a heading in links, as GitHub makes it."""
    return re.sub(r"[^\w\- ]", "", title.lower()).strip().replace(" ", "-")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda file: str(file.relative_to(ROOT)))
def test_every_page_that_is_linked_is_there(document: Path):
    for link in LINK.findall(document.read_text("utf-8")):
        name, _, heading = link.partition("#")
        page = (document.parent / name).resolve() if name else document
        assert page.exists(), link
        if heading:
            titles = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.MULTILINE)
            assert heading in {anchor(title) for title in titles}, link


def test_every_benchmark_is_explained():
    explained = (ROOT / "docs/development.md").read_text("utf-8")
    names = [file.stem for file in ROOT.glob("benchmarks/[a-z]*.py")]
    assert [name for name in sorted(names) if f"`{name}`" not in explained] == []


def test_every_document_is_linked_from_the_readme():
    linked = set(LINK.findall((ROOT / "README.md").read_text("utf-8")))
    pages = [f"docs/{file.name}" for file in ROOT.glob("docs/*.md")]
    assert [page for page in sorted(pages) if page not in linked] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda file: str(file.relative_to(ROOT)))
def test_every_file_that_is_named_is_there(document: Path):
    named = set(PATH.findall(document.read_text("utf-8"))) - WRITTEN_HERE
    assert [name for name in sorted(named) if not (ROOT / name).exists()] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda file: str(file.relative_to(ROOT)))
def test_every_command_that_is_named_is_there(document: Path):
    for block in BLOCKS.findall(document.read_text("utf-8")):
        for words in COMMAND.findall("".join(block)):
            command = get_command(app)
            for word in words.split():
                commands = getattr(command, "commands", {})
                if not commands:
                    break  # what follows is an argument
                assert word in commands, f"yici {words}"
                command = commands[word]
