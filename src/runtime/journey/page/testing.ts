import { present } from '../../../base/assert.ts';
import { decodeValues, isValueList } from '../../../base/data.ts';

/** A line of a table of cases.md. */
export type Line = {
  readonly activity: string;
  readonly by: string;
  readonly values: string;
  readonly refused: string;
};

export type CaseRun = {
  readonly title: string;
  readonly ends: string;
  readonly done: readonly { readonly activity: string; readonly count: number }[];
  readonly postings: number | null;
  readonly lines: readonly Line[];
};

export type Page = { readonly usual: readonly Line[]; readonly runs: readonly CaseRun[] };

/** The kinds of papers that the page puts into the case before an activity is done. */
export function paperKinds(page: Page, activity: string): readonly string[] {
  const asked = page.usual.find((line) => line.activity === `papers of ${activity}`);
  const { kinds = [] } = decodeValues(asked?.values ?? '{}');
  return isValueList(kinds) ? kinds.map(String) : [];
}

/** The least that a file must be to be taken for a picture. */
export const picture = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);

/** Reads a cases.md: the usual answers, then the runs. */
export function readPage(text: string): Page {
  const [head = '', ...sections] = text.split(/^### /m);
  const runs = sections.map((section): CaseRun => {
    const [title = '', said = ''] = section.split('\n');
    const ends = /ends `([^`]+)`/.exec(said)?.[1];
    const postings = /postings (\d+)/.exec(said)?.[1];
    return {
      title,
      ends: present(ends, `the end of ${title}`),
      done: [...said.matchAll(/done `([^`]+)` (\d+)/g)].map((match) => ({
        activity: match[1] ?? '',
        count: Number(match[2]),
      })),
      postings: postings === undefined ? null : Number(postings),
      lines: readTable(section),
    };
  });
  return { usual: readTable(head), runs };
}

function readTable(text: string): Line[] {
  const rows = text.split('\n').filter((line) => line.startsWith('|'));
  return rows.slice(2).map((row) => {
    const [activity = '', by = '', values = '', refused = ''] = row
      .slice(1, row.lastIndexOf('|'))
      .split('|')
      .map((cell) => cell.trim().replace(/^`(.*)`$/, '$1'));
    return { activity, by, values, refused };
  });
}

/** A line of a run, as cases.md would say it. */
export function line(activity: string, values: string, by = '', refused = ''): Line {
  return { activity, by, values, refused };
}

/** A run that ends when the task is open: an attempt of somebody who may not is refused there. */
export function stopAt(activity: string): Partial<CaseRun> {
  return {
    ends: `open at ${activity}`,
    lines: [line(activity, '{}', 'risk_manager', 'not_a_candidate')],
  };
}
