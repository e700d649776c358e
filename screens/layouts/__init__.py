"""The few ways a page is laid out: where its parts go on the glass."""
