"""The citizen's way through one life event, as pure steps.

`step(world, session, signal)` gives the next session, the page to show and the effects to run.
Nothing in this room opens a file, a socket or a window, and nothing reads a clock.
"""
