"""Mines two logs with PM4Py and prints what each part cost in CPU seconds; writes the net it finds in
the second log as PNML, for the other side to align with. Words: LOG, LOG2, NET (without .pnml)."""

import json
import resource
import sys
import warnings

warnings.filterwarnings("ignore")
import pm4py  # noqa: E402

first, second, net_file = sys.argv[1:4]
seconds = {}


def cpu_seconds():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def measured(what, work):
    before = cpu_seconds()
    result = work()
    seconds[what] = cpu_seconds() - before
    return result


def completed(frame):
    return frame[frame["lifecycle:transition"].str.lower() == "complete"]


frame = completed(measured("import", lambda: pm4py.read_xes(first)))
megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6


def both_maps():
    counts, _, _ = pm4py.discover_dfg(frame)
    pm4py.discover_performance_dfg(frame)
    return counts


edges = measured("map", both_maps)
measured("model", lambda: pm4py.discover_process_tree_inductive(frame, noise_threshold=0.2))
other = completed(pm4py.read_xes(second))
net, initial, final = pm4py.discover_petri_net_inductive(other, noise_threshold=0.2)
pm4py.write_pnml(net, initial, final, net_file + ".pnml")
fit = measured("align", lambda: pm4py.fitness_alignments(other, net, initial, final))
print(
    json.dumps(
        {
            "seconds": seconds,
            "importMegabytes": megabytes,
            "edges": len(edges),
            "fitting": fit["percentage_of_fitting_traces"] / 100,
            "fitness": fit["average_trace_fitness"],
        }
    )
)
