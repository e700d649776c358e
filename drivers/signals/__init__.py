"""Lights, door, presence and power: what a small board beside the terminal tells and is told."""
