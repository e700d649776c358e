"""Who signs what. A release needs both the city and the bank (政银双签).

TUF's threshold counts keys, not parties: with three keys two of one party would do. So the list of
releases has exactly two keys and a threshold of two, and a terminal believes no root that says
otherwise, whoever signed it.
"""

from __future__ import annotations

from tuf.api.metadata import Root, Targets

RELEASING = ("city", "bank")  # the two whose signatures a release needs
ROOT_HOLDERS = ("root-city", "root-bank", "root-spare")  # two of them; the spare lies offline
ROOT_THRESHOLD = 2
ONLINE = ("snapshot", "timestamp")  # on the manager's machine
EVERYBODY = (*ROOT_HOLDERS, *RELEASING, *ONLINE)

BANK = "x-yici-bank"  # in a root: whose terminals it is for
DEVELOPMENT = "x-yici-development"  # in a root: true when its keys were made on the spot


def shares_targets(root: Root) -> bool:
    """Whether a release needs two signatures of two different keys, and no third could stand in."""
    role = root.roles[Targets.type]
    secrets = {str(root.keys[keyid].keyval) for keyid in role.keyids if keyid in root.keys}
    return len(role.keyids) == len(secrets) == role.threshold == len(RELEASING)
