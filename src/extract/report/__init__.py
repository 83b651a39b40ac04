"""Pages and charts in which every figure leads back to its sentence: a static site, and Datasette on the same store."""

from extract.report.site import Texts, build_site

__all__ = ["Texts", "build_site"]
