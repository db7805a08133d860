import { systemClock, systemRandom } from '../../runtime/clock.ts';
import { createRuntime, type Runtime } from '../../runtime/runtime.ts';
import type { Database } from '../../store/database.ts';

/** The runtime of this machine over a database, with the tables of the coming months. */
export async function openBank(database: Database): Promise<Runtime> {
  const runtime = createRuntime({ database, clock: systemClock, random: systemRandom });
  await runtime.prepareMonths(systemClock());
  return runtime;
}
