"""Readers of second-generation identity documents (二代证) with a SAM_A security module."""
