"""From a finished form to a case: the outbox, and clocks that run in working days."""
