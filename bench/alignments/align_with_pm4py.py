"""Mines a net of a log with PM4Py, writes it as PNML, and aligns the log with it: prints the CPU seconds of
alignments and precision, the sum of costs, fitness and precision. Words: LOG, NET (without .pnml)."""

import json
import resource
import sys
import warnings

warnings.filterwarnings("ignore")
import pm4py  # noqa: E402


def cpu_seconds():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


frame = pm4py.read_xes(sys.argv[1])
frame = frame[frame["lifecycle:transition"].str.lower() == "complete"]
net, initial, final = pm4py.discover_petri_net_inductive(frame, noise_threshold=0.2)
pm4py.write_pnml(net, initial, final, sys.argv[2] + ".pnml")
before = cpu_seconds()
found = pm4py.conformance_diagnostics_alignments(frame, net, initial, final)
aligned = cpu_seconds()
precision = pm4py.precision_alignments(frame, net, initial, final)
fitness = sum(each["fitness"] for each in found) / len(found)
print(
    json.dumps(
        {
            "alignSeconds": aligned - before,
            "precisionSeconds": cpu_seconds() - aligned,
            "cases": len(found),
            "cost": sum(each["cost"] for each in found),
            "fitness": fitness,
            "precision": precision,
        }
    )
)
