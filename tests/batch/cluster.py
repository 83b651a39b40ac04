"""A real Dask cluster on loopback: the scheduler and its workers are processes of their own."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

DASK = Path(sys.executable).with_name("dask")
#: Nothing but loopback, no dashboard, and no environment that sets Dask up otherwise.
_ENVIRONMENT = {**os.environ, "PYTHONWARNINGS": "ignore", "DASK_DISTRIBUTED__WORKER__DAEMON": "False"}


class Cluster:
    """A scheduler and the workers that were started for it; a worker without a nanny stays dead when it is killed."""

    def __init__(self, folder, **environment):
        self.folder = folder
        self.environment = {**_ENVIRONMENT, **environment}
        self.processes = {}
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
        host, port = self.address.removeprefix("tcp://").split(":")
        self.start("scheduler", "scheduler", "--host", host, "--port", port, "--no-dashboard", "--no-show")
        self._wait(host, int(port))

    def _wait(self, host, port):
        until = time.monotonic() + 60
        while time.monotonic() < until:
            with contextlib.suppress(OSError), socket.create_connection((host, port), timeout=1):
                return
            time.sleep(0.1)
        raise TimeoutError(self.log("scheduler"))

    def start(self, name, *arguments):
        with (self.folder / f"{name}.log").open("w") as log:
            command = [DASK, *arguments]
            self.processes[name] = subprocess.Popen(
                command, stdout=log, stderr=log, env=self.environment, cwd=self.folder, start_new_session=True
            )

    def worker(self, name, *options, nanny=False):
        scratch = ("--local-directory", str(self.folder / "scratch"))
        common = ("--nthreads", "1", "--host", "127.0.0.1", "--no-dashboard", "--name", name, *scratch)
        self.start(name, "worker", self.address, *common, "--nanny" if nanny else "--no-nanny", *options)

    def kill(self, name):
        os.killpg(self.processes[name].pid, signal.SIGKILL)
        self.processes[name].wait()

    def log(self, name):
        return (self.folder / f"{name}.log").read_text()

    def close(self):
        for process in self.processes.values():
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
