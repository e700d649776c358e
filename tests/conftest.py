"""Fixtures of all rooms: a real platform, real wires, a real window."""

pytest_plugins = [
    "tests.harness.broker",
    "tests.harness.devices",
    "tests.harness.platform",
    "tests.harness.smart_card",
]
