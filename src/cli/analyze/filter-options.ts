import type { ParseArgsOptionDescriptor } from 'node:util';
import { isCalendarDate } from '../../base/dates.ts';
import type { Filter } from '../../insight/filter.ts';
import { filterOf, lengthOf } from '../../insight/filter-text.ts';
import type { Call } from '../command.ts';

/** The options that make a stack of filters, for the commands that read a log. */
export const filterOptions: Readonly<Record<string, ParseArgsOptionDescriptor>> = {
  from: { type: 'string' },
  to: { type: 'string' },
  with: { type: 'string', multiple: true },
  without: { type: 'string', multiple: true },
  'starts-with': { type: 'string', multiple: true },
  'ends-with': { type: 'string', multiple: true },
  'longer-than': { type: 'string' },
  'shorter-than': { type: 'string' },
  follows: { type: 'string', multiple: true },
  'same-person': { type: 'string', multiple: true },
  variants: { type: 'string' },
  filter: { type: 'string', multiple: true },
};

/** What --help says of them. */
export const filterUsage = `Which cases count; each filter sees what the ones above it left:
  --from DATE --to DATE         cases that begin and end in these days (UTC), such as 2026-01-31
  --with ACTIVITY, --without ACTIVITY, --starts-with ACTIVITY, --ends-with ACTIVITY
  --longer-than TIME --shorter-than TIME   such as 90min, 12h or 3d
  --follows 'A>B'               B comes after A;  --same-person 'A>B'  one person did both
  --variants SHARE              the commonest variants that cover this share, such as 0.8
  --filter KIND:…, as often as needed, after those above and in the order given:
    time:2026-01-01..2026-01-31   duration:12h..3d   variants:0.8   with:A   without:A
    starts:A|B   ends:A|B   follows:A>B   directly:A>B   gap:A>B=1d..   resource:LOGIN
    same_person:A>B   four_eyes:A>B   rework   rework:A   attribute:NAME=X|Y
    attribute:NAME=100..200`;

/** The stack the options ask for, or a sentence that says what is wrong with one of them. */
export function filtersOf({ options }: Call): readonly Filter[] | string {
  const one = (name: string) => (typeof options[name] === 'string' ? options[name] : null);
  const list = (name: string) => {
    const value = options[name];
    return Array.isArray(value) ? value.map(String) : [];
  };
  const day = (name: string, plusMs: number) => {
    const text = one(name);
    if (text === null) return null;
    return isCalendarDate(text) ? Date.parse(`${text}T00:00:00Z`) + plusMs : Number.NaN;
  };
  const [fromMs, toMs] = [day('from', 0), day('to', 86_400_000 - 1)];
  const [leastMs, mostMs] = [lengthOf(one('longer-than')), lengthOf(one('shorter-than'))];
  const share = one('variants');
  const pairs = (['follows', 'same-person'] as const).flatMap((name) =>
    list(name).map((text) => ({ name, parts: text.split('>').map((part) => part.trim()) })),
  );
  if ([fromMs, toMs].some(Number.isNaN)) return '--from and --to are days such as 2026-01-31.';
  if ([leastMs, mostMs].some(Number.isNaN)) return 'A time is such as 90min, 12h or 3d.';
  if (share !== null && !(Number(share) > 0 && Number(share) <= 1)) {
    return '--variants is a share above 0, at most 1.';
  }
  if (pairs.some(({ parts }) => parts.length !== 2 || parts.includes(''))) {
    return "--follows and --same-person name two activities: 'A>B'.";
  }
  const stacked = list('filter').map((text) => ({ text, filter: filterOf(text) }));
  const unread = stacked.find(({ filter }) => filter === null);
  if (unread !== undefined) return `--filter ${unread.text} cannot be read; see --help.`;
  return [
    ...(fromMs !== null || toMs !== null ? [{ kind: 'time', fromMs, toMs } as const] : []),
    ...list('with').map((activity) => ({ kind: 'with', activity }) as const),
    ...list('without').map((activity) => ({ kind: 'without', activity }) as const),
    ...oneOf('starts', list('starts-with')),
    ...oneOf('ends', list('ends-with')),
    ...(leastMs !== null || mostMs !== null
      ? [{ kind: 'duration', leastMs, mostMs } as const]
      : []),
    ...pairs.map(({ name, parts }) => {
      const kind = name === 'follows' ? 'follows' : 'same_person';
      return { kind, first: parts[0] ?? '', second: parts[1] ?? '' } as const;
    }),
    ...(share !== null ? [{ kind: 'variants', share: Number(share) } as const] : []),
    ...stacked.flatMap(({ filter }) => filter ?? []),
  ];
}

function oneOf(kind: 'starts' | 'ends', activities: readonly string[]): readonly Filter[] {
  return activities.length > 0 ? [{ kind, activities }] : [];
}
