"""Code scanners: on a serial line, as a keyboard, and as a camera whose frames are decoded here."""
