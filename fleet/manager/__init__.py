"""The fleet's manager: takes in what terminals say, gives them what they should have.

`link` is the one connection to the broker, `ingest` brings messages into the `store`, `publisher`
keeps the broker's retained messages equal to a bank's repository (`publication` says what and in
which order), `published` reads what was published. Nothing here decides what a release holds.
"""
