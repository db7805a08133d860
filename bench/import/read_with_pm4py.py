"""Reads one XES log with PM4Py and prints what that cost: the CPU of the reading alone, without
Python's start and imports, and the greatest resident memory of the process."""

import json
import resource
import sys
import warnings

warnings.filterwarnings("ignore")
import pm4py  # noqa: E402


def cpu_seconds():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


before = cpu_seconds()
frame = pm4py.read_xes(sys.argv[1])
print(
    json.dumps(
        {
            "cases": int(frame["case:concept:name"].nunique()),
            "events": len(frame),
            "cpuSeconds": cpu_seconds() - before,
            "peakMegabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6,
            "version": pm4py.__version__,
        }
    )
)
