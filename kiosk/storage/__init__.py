"""SQLite through sqlite-utils: one writer, and a vault that encrypts what must wait."""
