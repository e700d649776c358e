"""What pyserial learns to open here; it finds a module by its name, `protocol_<scheme>`."""
