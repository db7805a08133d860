/** What a column of a CSV file can be for us. `time` is when it happened, or ended. */
export const columnRoles = [
  'case',
  'activity',
  'start',
  'time',
  'resource',
  'lifecycle',
  'amount',
  'currency',
] as const;
export type ColumnRole = (typeof columnRoles)[number];

/** Names a column may go by, the most telling first; case, blanks, - _ : and dots do not count. */
const usualNames: Readonly<Record<ColumnRole, readonly string[]>> = {
  case: [
    'caseconceptname',
    'caseid',
    'case',
    'casenumber',
    'caseno',
    'traceid',
    'processinstanceid',
    '案件编号',
    '案例编号',
    '案例id',
    '业务编号',
    '流程实例编号',
    '流程编号',
    '申请编号',
  ],
  activity: [
    'activity',
    'conceptname',
    'activityname',
    'eventname',
    'task',
    'taskname',
    'event',
    '活动',
    '活动名称',
    '环节',
    '环节名称',
    '任务名称',
    '节点名称',
  ],
  start: ['starttime', 'starttimestamp', 'startdate', 'start', '开始时间', '受理时间'],
  time: [
    'endtime',
    'endtimestamp',
    'completetime',
    'completetimestamp',
    'completiontime',
    'enddate',
    'end',
    'timetimestamp',
    'timestamp',
    'eventtime',
    'datetime',
    'time',
    'date',
    '结束时间',
    '完成时间',
    '办理时间',
    '操作时间',
    '发生时间',
    '时间',
  ],
  resource: [
    'resource',
    'orgresource',
    'user',
    'userid',
    'performer',
    'originator',
    'employee',
    '资源',
    '操作员',
    '柜员号',
    '经办人',
    '处理人',
    '办理人',
  ],
  amount: ['amount', 'transactionamount', '金额', '交易金额', '发生额'],
  currency: ['currency', 'currencycode', '币种', '货币'],
  lifecycle: ['lifecycletransition', 'lifecycle', 'transition', 'eventtype', '生命周期'],
};

export type FoundColumn = {
  readonly role: ColumnRole;
  readonly name: string;
  readonly index: number;
  /** Whether we chose it by its usual name; false when the user named it. */
  readonly guessed: boolean;
};

export type ColumnsNotFound =
  | { readonly problem: 'unknown'; readonly column: string }
  | { readonly problem: 'twice'; readonly column: string }
  | { readonly problem: 'missing'; readonly role: ColumnRole };

/**
 * Which column serves which role: the user's word first, then the usual names. A log needs a case,
 * an activity and a time; a file with only start times is a log with one time per event.
 */
export function findColumns(
  header: readonly string[],
  chosen: Readonly<Partial<Record<ColumnRole, string>>>,
): readonly FoundColumn[] | ColumnsNotFound {
  const found: FoundColumn[] = [];
  for (const role of columnRoles) {
    const name = chosen[role];
    const index = name === undefined ? guessColumn(header, role) : header.indexOf(name);
    if (name !== undefined && index < 0) return { problem: 'unknown', column: name };
    if (index < 0) continue;
    if (header.indexOf(header[index]!, index + 1) >= 0 || header.indexOf(header[index]!) < index) {
      return { problem: 'twice', column: header[index]! };
    }
    found.push({ role, name: header[index]!, index, guessed: name === undefined });
  }
  const start = found.findIndex((column) => column.role === 'start');
  if (start >= 0 && !found.some((column) => column.role === 'time')) {
    found[start] = { ...found[start]!, role: 'time' };
  }
  const taken = new Set(found.map((column) => column.index));
  if (taken.size < found.length) {
    const double = found.find((a) => found.some((b) => a !== b && a.index === b.index))!;
    return { problem: 'twice', column: double.name };
  }
  // Money needs its currency: an amount without one is only a number.
  const money = found.filter(({ role }) => role === 'amount' || role === 'currency');
  const named = chosen.amount !== undefined;
  if (money.length === 1 && !named) found.splice(found.indexOf(money[0]!), 1);
  if (money.length === 1 && named) return { problem: 'missing', role: 'currency' };
  for (const role of ['case', 'activity', 'time'] as const) {
    if (!found.some((column) => column.role === role)) return { problem: 'missing', role };
  }
  return found;
}

/** The place of the column that usually serves a role, or -1. */
export function guessColumn(header: readonly string[], role: ColumnRole): number {
  const plain = header.map((name) => name.toLowerCase().replaceAll(/[\s_:.-]/g, ''));
  for (const usual of usualNames[role]) {
    const index = plain.indexOf(usual);
    if (index >= 0) return index;
  }
  return -1;
}
