"""nspcc-extract: press releases of the NSPCC as a longitudinal dataset with its evidence."""

__version__ = "0.1.0"
