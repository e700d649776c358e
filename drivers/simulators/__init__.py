"""The other end of each wire, byte for byte: devices for tests and for machines without any.

`SamASimulator` is an identity-card reader, `EscPosSimulator` a receipt printer; both hang on a
`PtyLine` or a `TcpLine`. `python -m drivers.simulators.dock` runs both with a page to work them by.
"""
