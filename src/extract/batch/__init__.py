"""The run: inputs are expanded, processed by any executor, and streamed to the store."""

from extract.batch.cluster import connected
from extract.batch.inputs import Source, drained, expand
from extract.batch.pool import Given
from extract.batch.run import Summary, process_all, run
from extract.batch.work import Failure, Outcome, pipeline_version, process

__all__ = [
    "Failure",
    "Given",
    "Outcome",
    "Source",
    "Summary",
    "connected",
    "drained",
    "expand",
    "pipeline_version",
    "process",
    "process_all",
    "run",
]
