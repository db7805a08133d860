import {
  type Adopted,
  adopt,
  type Bounds,
  usualBounds,
  type Verification,
  verifyModel,
} from '../../kernel/index.ts';
import type { Call, Command } from '../command.ts';
import { readModelFile } from '../model-file.ts';

export const verify: Command = {
  usage: `huiliu verify FILE [--messages ordered|bag] [--states N]

Reads a BPMN model, says what breaks the standard, and goes through every state it can come to, with
data, time and people as free choices: can it always end, does it end cleanly, is every activity of
use, is it safe? For each fault a shortest way there. Exit code 0 when accepted and sound, else 1.
Messages between pools: bag (in any order, as usual) or ordered (between two pools as they were sent).
--states N: go through at most N states (usually ${usualBounds.statesMax}); beyond, the verdict is unknown.`,
  options: { messages: { type: 'string' }, states: { type: 'string' } },
  words: { min: 1, max: 1 },
  run: async (call) => {
    const bounds = boundsOf(call);
    if (bounds === null) return 2;
    const model = await readModelFile(call, call.words[0]);
    if (typeof model === 'number') return model;
    const { report } = adopt(model);
    const verification = verifyModel(model, bounds);
    if (call.json) call.print(JSON.stringify({ ...verification, adopted: report }));
    else printVerification(call, verification, report);
    return verification.status === 'accepted' && verification.sound === true ? 0 : 1;
  },
};

/** The bounds that were asked for; null when they are none. */
function boundsOf(call: Call): Bounds | null {
  const { messages = 'bag', states = String(usualBounds.statesMax) } = call.options;
  const statesMax =
    typeof states === 'string' && /^[1-9]\d{0,8}$/.test(states) ? Number(states) : 0;
  if ((messages === 'bag' || messages === 'ordered') && statesMax > 0) {
    return { ...usualBounds, statesMax, messages };
  }
  call.tell('--messages is ordered or bag, --states is a number of states.');
  return null;
}

function printVerification(
  call: Call,
  verification: Verification,
  report: readonly Adopted[],
): void {
  const { status, sound, properties, states, findings, traces } = verification;
  const verdict = sound === true ? 'sound' : sound === false ? 'not sound' : 'no verdict';
  call.print(`${status}, ${verdict} (${states} states)`);
  for (const [property, value] of Object.entries(properties ?? {})) {
    call.print(`  ${property.padEnd(18)} ${value}`);
  }
  for (const { severity, rule, element, message } of findings) {
    call.print(`${severity}: ${rule}${element === null ? '' : ` at ${element}`}: ${message}`);
  }
  for (const { element, extension, became } of report) {
    call.print(
      `extension at ${element}: ${extension} ${became === null ? 'left out' : `is ${became}`}`,
    );
  }
  for (const { rule, words } of traces) call.print(`${rule}: ${words.join(' > ')}`);
}
