/**
 * Reads one log the way `huiliu analyze` does and prints what it cost: the CPU of the whole process
 * with Node's own start, and its greatest resident memory. Run alone: the memory is its own.
 */
import { readLog } from '../../src/cli/analyze/read-log.ts';

const read = await readLog(process.argv[2] ?? '', 'utf-8', {});
if (!read.ok) throw new Error(`refused: ${read.code} ${JSON.stringify(read.facts)}`);
const { log } = read.value;
const { user, system } = process.cpuUsage();
process.stdout.write(
  JSON.stringify({
    cases: log.cases.size,
    events: log.atMs.length,
    cpuSeconds: (user + system) / 1e6,
    peakMegabytes: (process.resourceUsage().maxRSS * 1024) / 1e6,
  }),
);
