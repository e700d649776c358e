"""The command line `yici`, and the whole station on one machine."""
