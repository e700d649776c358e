"""The shell of a terminal: owns the session, runs effects in order, one runner per port."""
