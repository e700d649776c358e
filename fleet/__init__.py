"""The other side of the network: releases, the agent on a terminal, the manager, the console."""
