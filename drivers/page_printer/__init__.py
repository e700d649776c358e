"""Printers of whole sheets: IPP page printers, and dot-matrix printers for pre-printed forms."""
