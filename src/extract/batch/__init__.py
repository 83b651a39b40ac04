"""The run: inputs are expanded, processed by any executor, and streamed to the store."""

from extract.batch.inputs import Source, expand
from extract.batch.run import Summary, process_all, run
from extract.batch.work import Failure, pipeline_version, process

__all__ = ["Failure", "Source", "Summary", "expand", "pipeline_version", "process", "process_all", "run"]
