"""Release to mentions: a spaCy pipeline of registered components, one label a module."""

from extract.annotate.pipeline import annotate, build_pipeline, find_mentions

__all__ = ["annotate", "build_pipeline", "find_mentions"]
