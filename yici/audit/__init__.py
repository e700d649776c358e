"""The audit of accessibility over every page of all life events."""
