"""SQLite through sqlite-utils: one writer, and a vault that encrypts what must wait.

`database.Database` is one file with the tables its rooms give it, `vault.Vault` seals content
before it is stored, `faults` names what can go wrong with a file.
"""
