"""The broker: certificates, access list and settings for Debian's mosquitto.

`authority.Authority` issues certificates, `installation.install` writes a folder from which
`mosquitto -c FOLDER/mosquitto.conf` serves. What the broker may be told lives in `config/broker`.
"""
