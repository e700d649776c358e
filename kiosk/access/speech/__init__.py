"""Speech: text to sound by synthesis, one voice that speaks one thing at a time."""
