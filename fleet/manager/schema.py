"""The tables of the manager's store."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Integer, MetaData, String, Table, UniqueConstraint

metadata = MetaData()

# Runs of agents in the order in which they were first heard of. Their clocks may be wrong, so this
# number, and not a time, says which of two runs is the newer.
boots = Table(
    "boots",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("bank", String, nullable=False),
    Column("name", String, nullable=False),
    Column("boot", String, nullable=False),
    UniqueConstraint("bank", "name", "boot"),
    sqlite_autoincrement=True,  # a number is never given twice, even when old rows are removed
)

# What is known of each terminal. Times are ISO 8601 in UTC.
terminals = Table(
    "terminals",
    metadata,
    Column("bank", String, primary_key=True),
    Column("name", String, primary_key=True),
    # from its status
    Column("presence", String),
    Column("status_boot", Integer),  # boots.number
    # from its report
    Column("report_boot", Integer),  # boots.number
    Column("sequence", Integer),
    Column("reported_at", String),  # by the terminal's clock, as it gave it
    Column("release", String),
    Column("update_state", String),
    Column("update_release", String),
    Column("update_reason", String),
    Column("terminal_running", Boolean),
    Column("busy", Boolean),
    Column("devices", String),  # JSON, a list of DeviceReport
    Column("waiting", Integer),
    Column("wants_care", Boolean),  # something in the report needs a person
    # by the manager's clock: when it last said something itself
    Column("last_seen", String),
    # what it should have
    Column("desired_release", String),
    Column("desired_number", Integer),
)
