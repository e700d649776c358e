"""Composition root of a terminal: settings, stores, devices, station, screens."""
