"""The other end of each wire, byte for byte: devices for tests and for machines without any.

A module for each device (`sam_a`, `esc_pos`, `page_printer` …), each on a real wire: a
pseudo-terminal or TCP port (`line`), a named pipe, HTTP, IPP, or a pcscd. `docked/` makes of each
what a page and tests work alike; `python -m drivers.simulators.dock` runs them with that page.
"""
