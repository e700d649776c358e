"""Topics and messages between terminals and the fleet manager: one schema for both ends.

Nothing here opens a socket. `docs/protocol.md` is the same in words.
"""
