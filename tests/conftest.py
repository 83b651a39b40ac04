"""Puts this folder on the path, so that tests of all packages can use ``builders``."""
