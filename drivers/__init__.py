"""Devices on their real wires. Knows nothing of matters or citizens' errands."""
