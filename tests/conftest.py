"""Fixtures of all rooms: a real platform, real wires, a real window."""

import os

import pytest
from hypothesis import HealthCheck, settings

# Generated tests are judged by what they find, never by how long the machine took. CI tries the
# same examples for the same tests, so that it judges the change; a desk goes on looking for more.
settings.register_profile(
    "yici",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize=bool(os.environ.get("CI")),
)
settings.load_profile("yici")

pytest_plugins = [
    "tests.harness.broker",
    "tests.harness.devices",
    "tests.harness.platform",
    "tests.harness.smart_card",
    "tests.harness.window",
]


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--soak`: the long runs too."""
    parser.addoption("--soak", action="store_true", help="run what takes hours too (make soak)")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the long runs out, or run nothing else."""
    soaking = bool(config.getoption("--soak"))
    chosen = [item for item in items if bool(item.get_closest_marker("soak")) == soaking]
    if left_out := [item for item in items if item not in chosen]:
        config.hook.pytest_deselected(items=left_out)
        items[:] = chosen
