/**
 * Reads a generated CSV of so many events and makes its map; prints what that cost in CPU seconds
 * (making the file not counted), what it found and the peak memory. Words: EVENTS, or EVENTS FILE
 * to write the file for another program instead.
 */
import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { activityInstances } from '../../src/insight/instances.ts';
import { LogReader } from '../../src/insight/log/log-reader.ts';
import { directlyFollows } from '../../src/insight/perform/directly-follows.ts';
import { csvLog } from './csv-log.ts';

const [events = 0, file] = [Number(process.argv[2]), process.argv[3]];
if (file !== undefined) await pipeline(Readable.from(csvLog(events)), createWriteStream(file));
else {
  const reader = new LogReader();
  let seconds = 0;
  const measured = <T>(work: () => T): T => {
    const from = process.cpuUsage();
    const result = work();
    const { user, system } = process.cpuUsage(from);
    seconds += (user + system) / 1e6;
    return result;
  };
  for (const chunk of csvLog(events)) {
    const refusal = measured(() => reader.push(chunk));
    if (refusal) throw new Error(refusal.code);
  }
  const map = measured(() => {
    const read = reader.end();
    if (!read.ok) throw new Error(read.code);
    return directlyFollows(activityInstances(read.value.log, 'complete'));
  });
  const megabytes = (process.resourceUsage().maxRSS * 1024) / 1e6;
  process.stdout.write(
    JSON.stringify({ seconds, pairs: map.pairs, edges: map.edges.length, megabytes }),
  );
}
