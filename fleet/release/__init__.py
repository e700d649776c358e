"""Releases of the catalogue: packed whole and as differences, signed by city and bank, verified.

`packs.py` and `build.py` make and open what is sent; `repository.py`, `roles.py` and `keys.py` are
the publisher's side of TUF; `trust.py` is the terminal's.
"""
