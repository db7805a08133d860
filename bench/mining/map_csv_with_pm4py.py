"""Reads a CSV log with pandas and makes its map with PM4Py; prints the CPU seconds, without Python's
start and imports, and what was found. Word: FILE."""

import json
import resource
import sys
import warnings

warnings.filterwarnings("ignore")
import pandas  # noqa: E402
import pm4py  # noqa: E402


def cpu_seconds():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


before = cpu_seconds()
frame = pandas.read_csv(sys.argv[1])
frame["timestamp"] = pandas.to_datetime(frame["timestamp"], utc=True)
frame = pm4py.format_dataframe(
    frame, case_id="case_id", activity_key="activity", timestamp_key="timestamp"
)
counts, _, _ = pm4py.discover_dfg(frame)
pm4py.discover_performance_dfg(frame)
print(
    json.dumps(
        {
            "seconds": cpu_seconds() - before,
            "pairs": int(sum(counts.values())),
            "edges": len(counts),
            "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6,
        }
    )
)
