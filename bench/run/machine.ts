import { cpus, release, totalmem, type } from 'node:os';

/** The machine of a measurement in words: cores, memory, system, versions. */
export function machineInWords(others: Readonly<Record<string, string>> = {}): string {
  const [first] = cpus();
  const gigabytes = Math.round(totalmem() / 1e9);
  const parts = [
    `${cpus().length} x ${first?.model.trim() ?? 'unknown core'}`,
    `${gigabytes} GB`,
    `${type()} ${release()}`,
    `Node ${process.version}`,
    ...Object.entries(others).map(([name, version]) => `${name} ${version}`),
  ];
  return parts.join(', ');
}
