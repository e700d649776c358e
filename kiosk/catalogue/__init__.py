"""Life events, matters, data elements and materials as data, read from `config/catalogue/`."""
