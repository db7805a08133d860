import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type Adopted, adopt, read, type Verification, verifyModel } from '../../kernel/index.ts';
import { type Call, type Command, sayRefusal } from '../command.ts';

export const verify: Command = {
  usage: `huiliu verify FILE

Reads a BPMN model, says what breaks the standard, and goes through every state it can come to, with
data, time and people as free choices: can it always end, does it end cleanly, is every activity of
use, is it safe? For each fault a shortest way there. Exit code 0 when accepted and sound, else 1.`,
  options: {},
  words: { min: 1, max: 1 },
  run: async (call) => {
    const file = resolve(call.folder, call.words[0] ?? '');
    const xml = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' || error.code === 'EISDIR') return null;
      throw error;
    });
    if (xml === null) {
      call.tell(`There is no file ${file}.`);
      return 2;
    }
    const model = await read(xml);
    if (!model.ok) return sayRefusal(call, model);
    const { report } = adopt(model.value);
    const verification = verifyModel(model.value);
    if (call.json) call.print(JSON.stringify({ ...verification, adopted: report }));
    else printVerification(call, verification, report);
    return verification.status === 'accepted' && verification.sound === true ? 0 : 1;
  },
};

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
