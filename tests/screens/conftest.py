"""The real window for these tests."""

from tests.harness.window import _glass, glass

__all__ = ["_glass", "glass"]
