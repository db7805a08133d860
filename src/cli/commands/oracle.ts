import { askOracle } from '../../runtime/oracle.ts';
import { readSettings } from '../../runtime/settings.ts';
import { type Command, sayRefusal } from '../command.ts';
import { openToLook } from '../start/database.ts';

export const oracle: Command = {
  usage: `huiliu oracle

Looks at the whole database, beside a running server or without one, and tells whether it agrees with
itself: books balance per currency, nothing is posted without its event nor said without its posting,
no task is both open and done, every case replays to its stored state. Changes nothing. Exit code 1
when something disagrees.`,
  options: {},
  words: { min: 0, max: 0 },
  run: async (call) => {
    const settings = readSettings(call.environment, call.folder);
    if (!settings.ok) return sayRefusal(call, settings);
    const opened = await openToLook(settings.value);
    if (!opened.ok) return sayRefusal(call, opened);
    try {
      const { rules, instances, events, faults } = await askOracle(opened.value.database);
      if (call.json) call.print(JSON.stringify({ ok: faults.length === 0, rules, faults }));
      else {
        for (const fault of faults) call.print(`${fault.rule}: ${fault.where}`);
        call.print(
          `${rules.length} rules over ${instances} cases and ${events} events: ` +
            `${faults.length === 0 ? 'all hold' : `${faults.length} faults`}`,
        );
      }
      return faults.length === 0 ? 0 : 1;
    } finally {
      await opened.value.close();
    }
  },
};
