"""Life events, matters, data elements and materials as data, read from `config/catalogue/`.

`load.py` reads and checks the files, `guidance.py` says which matters and materials apply,
`form.py` what is known and what must still be asked. All of it is pure once loaded.
"""
