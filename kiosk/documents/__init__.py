"""Receipts and, later, notices and certificates: what stands on paper, as data."""
