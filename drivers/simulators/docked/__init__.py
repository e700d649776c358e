"""Each simulated device as it lies on the dock: what can be set on it, done with it, seen of it."""
