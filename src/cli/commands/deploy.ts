import { resolve } from 'node:path';
import { refuse } from '../../base/result.ts';
import { refusalText } from '../../contract/refusals/index.ts';
import type { Actor } from '../../runtime/actor.ts';
import { systemClock, systemRandom } from '../../runtime/clock.ts';
import type { DeployAnswer } from '../../runtime/model/deploy.ts';
import { createRuntime } from '../../runtime/runtime.ts';
import { readSettings } from '../../runtime/settings.ts';
import type { Database } from '../../store/database.ts';
import { personOfLogin } from '../../store/process/operation-facts.ts';
import { type Call, type Command, languageOf, sayRefusal } from '../command.ts';
import { openToLook } from '../start/database.ts';

export const deploy: Command = {
  usage: `huiliu deploy FOLDER --by LOGIN [--waive REASON]

Deploys a process folder (process.bpmn, *.dmn, *.form.json) as the next version, beside a running server
or without one. What breaks a rule of the standard is refused. What can go wrong is refused with a way to
the fault, unless LOGIN, a person of the bank, waives it with a reason; both are kept with the version.`,
  options: { by: { type: 'string' }, waive: { type: 'string' } },
  words: { min: 1, max: 1 },
  run: async (call) => {
    const { by, waive } = call.options;
    if (typeof by !== 'string') {
      call.tell('Say with --by by which login.');
      return 2;
    }
    const settings = readSettings(call.environment, call.folder);
    if (!settings.ok) return sayRefusal(call, settings);
    const opened = await openToLook(settings.value);
    if (!opened.ok) return sayRefusal(call, opened);
    try {
      const { database } = opened.value;
      const actor = await actorOf(database, by);
      if (actor === null) return sayRefusal(call, refuse('login_unknown_here', { login: by }));
      const runtime = createRuntime({ database, clock: systemClock, random: systemRandom });
      const folder = resolve(call.folder, call.words[0] ?? '');
      const waiver = typeof waive === 'string' ? { actor, reason: waive } : undefined;
      const deployed = await runtime.deployProcess({ actor, folder, waiver });
      if (!deployed.ok) return sayRefusal(call, deployed);
      const { processId, version, isNew } = deployed.value;
      if (call.json) call.print(jsonOf(deployed.value));
      else call.print(`${processId}: version ${version}${isNew ? '' : ', as it was'}`);
      if (!call.json) sayFindings(call, deployed.value.tableFindings);
      return 0;
    } finally {
      await opened.value.close();
    }
  },
};

/** JSON of what may hold exact integers. */
function jsonOf(value: object): string {
  return JSON.stringify(value, (_, one) => (typeof one === 'bigint' ? String(one) : one));
}

function sayFindings(call: Call, findings: DeployAnswer['tableFindings']): void {
  const language = languageOf(call.environment);
  for (const { severity, decision, code, facts } of findings) {
    call.tell(`${severity}: ${decision}: ${refusalText(code, language, facts)}`);
  }
}

async function actorOf(database: Database, login: string): Promise<Actor | null> {
  const person = await personOfLogin(database, 1, login);
  if (person === null) return null;
  return { login, person, customerNumber: null, unitCode: '', posts: [] };
}
