"""The 一网通办 platform as a terminal sees it: the port, its HTTP client, and a sandbox."""
