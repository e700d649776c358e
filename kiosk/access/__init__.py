"""Engines behind accessibility and input: profiles and Chinese input. No widgets."""
