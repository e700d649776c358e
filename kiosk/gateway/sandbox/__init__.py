"""A server that stands in for the platform: real HTTP, its own database, invented people.

`python -m kiosk.gateway.sandbox --data DIR --key KEY …` serves it on loopback. It keeps what a
platform must (case numbers, departments, time limits, what was handed in once) and nothing
personal: what the form said is checked and dropped, the applicant stays as a salted digest.
"""
