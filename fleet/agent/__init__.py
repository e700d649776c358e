"""The agent on a terminal: fetches signed releases, stages and switches them, and reports.

A process of its own beside the terminal; the two share the store of releases alone.
"""
