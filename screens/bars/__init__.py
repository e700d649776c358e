"""What is in the same place on every page: the bar above, the actions below."""
