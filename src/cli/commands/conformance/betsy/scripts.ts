/** What the words in betsy's script tasks mean. */
import type { Value, Values } from '../../../../base/data.ts';

/** What scripts see and leave behind: their traces, the time, and when the timed ones ran. */
export type Stage = {
  readonly traces: string[];
  readonly spans: { readonly name: string; readonly from: number; readonly to: number }[];
  now: number;
};

export type ScriptDone = {
  readonly takesMs: number;
  readonly command:
    | { readonly type: 'complete_activity'; readonly values: Values }
    | { readonly type: 'fail_activity'; readonly errorCode: string };
};

/** Does one script: writes traces, and says how the task ends and after how long. */
export function doScript(
  stage: Stage,
  script: string,
  values: Readonly<Record<string, Value>>,
): ScriptDone {
  const task = /^SCRIPT_task(\d)$/.exec(script);
  if (task !== null) stage.traces.push(`Task${task[1]}`);
  switch (script) {
    case 'INCREMENT_INTEGER_VARIABLE':
      return done({ integerVariable: integer(values) + 1n });
    case 'INCREMENT_INTEGER_VARIABLE_AND_LOG':
      stage.traces.push('Increment');
      return done({ integerVariable: integer(values) + 1n });
    case 'CREATE_MARKER_FILE':
      if (!stage.traces.includes('MarkerExists')) stage.traces.push('MarkerExists');
      return done({});
    case 'SET_STRING_DATA':
      return done({ data: 'String', 'Data Output': 'String' });
    case 'LOG_DATA':
      if (values.data === 'String') stage.traces.push('DataCorrect');
      return done({});
    case 'CREATE_TIMESTAMP_LOG_1':
    case 'CREATE_TIMESTAMP_LOG_2':
      noteSpan(stage, script);
      return { ...done({}), takesMs: spanMs };
    case 'WAIT_TEN_SECONDS':
      return { ...done({}), takesMs: 10_000 };
    case 'THROW_ERROR':
      return { takesMs: 0, command: { type: 'fail_activity', errorCode: 'ERR_CODE' } };
    default:
      return done({});
  }
}

const spanMs = 1_000;

function done(values: Values): ScriptDone {
  return { takesMs: 0, command: { type: 'complete_activity', values } };
}

function integer(values: Readonly<Record<string, Value>>): bigint {
  const value = values.integerVariable;
  return typeof value === 'bigint' ? value : 0n;
}

function noteSpan(stage: Stage, name: string): void {
  const span = { name, from: stage.now, to: stage.now + spanMs };
  const overlaps = stage.spans.some(
    (other) => other.name !== name && other.from < span.to && span.from < other.to,
  );
  stage.spans.push(span);
  if (overlaps) stage.traces.push('ExecutionParallel');
}
