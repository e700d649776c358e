"""Kivy. Draws pages, turns touch and keys into signals. Decides nothing."""
