import type { ParseArgsOptionDescriptor } from 'node:util';
import type { Refusal } from '../base/result.ts';
import { refusalText } from '../contract/refusals/index.ts';

/** 0 done · 1 refused or failed · 2 wrong usage. */
export type ExitCode = 0 | 1 | 2;

/** One command of `huiliu`; it stands in a file of its own under commands/. */
export type Command = {
  /** What --help prints, from the first line `huiliu NAME …`. */
  readonly usage: string;
  /** Its options besides --json and --help. */
  readonly options: Readonly<Record<string, ParseArgsOptionDescriptor>>;
  /** How many words may follow the name. */
  readonly words: { readonly min: number; readonly max: number };
  run(call: Call): Promise<ExitCode>;
};

/** How a command was called, and where its answers go. */
export type Call = {
  readonly words: readonly string[];
  readonly options: Readonly<Record<string, string | boolean | (string | boolean)[] | undefined>>;
  /** Print one JSON document (or one a line, for a stream) and nothing else to stdout. */
  readonly json: boolean;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** What relative paths start from. */
  readonly folder: string;
  /** The answer: stdout. */
  print(line: string): void;
  /** About the answer, such as progress: stderr. */
  tell(line: string): void;
};

/** Says a refusal in the words of the reader's language (or as JSON); gives exit code 1. */
export function sayRefusal(call: Call, refusal: Refusal): 1 {
  const { code, facts } = refusal;
  if (call.json) call.print(JSON.stringify({ ok: false, code, facts }));
  else call.tell(refusalText(code, languageOf(call.environment), facts));
  return 1;
}

/** The language of a terminal: Chinese when its locale says so, else English. */
export function languageOf(environment: Call['environment']): 'zh-CN' | 'en' {
  const locale = environment.LC_ALL || environment.LC_MESSAGES || environment.LANG || '';
  return locale.startsWith('zh') ? 'zh-CN' : 'en';
}
