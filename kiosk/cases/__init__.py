"""From a finished form to a case: the outbox, and clocks that run in working days.

`courier.Courier` hands in and delivers, `outbox.Outbox` keeps what is undelivered,
`set_aside.SetAside` shows staff what was refused, `working_days.due_date` counts time limits.
"""
