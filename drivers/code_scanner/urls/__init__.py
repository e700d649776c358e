"""What pyserial learns to open; it finds a module here by its name, `protocol_<scheme>`."""
