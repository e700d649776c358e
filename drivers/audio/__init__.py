"""Loudspeaker and headphones: two outputs for sound, each lost and found by itself."""
