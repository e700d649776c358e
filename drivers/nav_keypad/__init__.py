"""Assistive keypads and switches: HID keyboards whose keys are named in settings."""
