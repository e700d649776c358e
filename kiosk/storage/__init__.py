"""What is on the disk: SQLite with one writer, a vault that seals what must wait, settings files.

`database.Database` is one file with the tables its rooms give it, `vault.Vault` seals content
before it is stored, `faults` names what can go wrong with a file.
"""
