"""Kivy. Draws pages, turns touch and keys into signals. Decides nothing.

`window.TerminalWindow` is what the rest of the program needs. What is shown is worked out as
data (`sketch`) by modules that know no Kivy; only `glass/` paints it and hears the glass.
"""
