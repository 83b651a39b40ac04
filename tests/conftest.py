"""Puts this folder on the path, so that tests of all packages can use ``builders``; shows mutmut what is remembered."""

import os
import sys


def pytest_runtest_setup():
    """Forget results in a run of mutmut: its processes begin with those of the code as it was, which hide a mutant.

    Only caches with a limit hold results; the others hold the lexicon, which no mutant changes.
    """
    if "MUTANT_UNDER_TEST" not in os.environ:
        return
    for name, module in list(sys.modules.items()):
        if name.startswith("extract."):
            for value in list(vars(module).values()):
                if hasattr(value, "cache_parameters") and value.cache_parameters()["maxsize"] is not None:
                    value.cache_clear()
