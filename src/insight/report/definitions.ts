import type { LifecycleView } from '../instances.ts';
import type { Both } from './words.ts';

/** A figure of the report and what it means; the term is shown where the figure stands. */
export type Definition = { readonly term: Both; readonly text: Both };

/** One definition for every figure of the report. */
export const definitions = {
  case: {
    term: { zh: '案件', en: 'Case' },
    text: {
      zh: '一笔业务从头到尾的一次办理，日志中以同一案件编号标识。只统计至少完成过一项活动的案件。',
      en: 'One matter from beginning to end, under one case number in the log. Counted when at least one activity was done in it.',
    },
  },
  activity: {
    term: { zh: '活动', en: 'Activity' },
    text: {
      zh: '日志中记录的一种工作步骤。活动执行是它在某个案件中的一次办理。',
      en: 'A kind of work step named in the log. An execution is one time it was done in a case.',
    },
  },
  cycle: {
    term: { zh: '周期时长', en: 'Cycle time' },
    text: {
      zh: '案件从第一项活动开始到最后一项活动结束的日历时间（含夜间和节假日）。',
      en: 'Calendar time of a case from the start of its first activity to the end of its last, nights and holidays included.',
    },
  },
  median: {
    term: { zh: '中位数、九成界', en: 'Median, p90' },
    text: {
      zh: '中位数：半数不超过此值。九成界（p90）：九成不超过此值。均按全部数据精确计算，两个数据之间按直线取值。',
      en: 'Median: half are at or below it. p90: nine in ten are at or below it. Both are exact over all data, by straight line between neighbours.',
    },
  },
  handling: {
    term: { zh: '处理时长', en: 'Handling time' },
    text: {
      zh: '一次活动执行从开始到完成的时间。日志没有记录开始时间的执行不计入，显示为“—”。',
      en: 'From start to completion of one execution. Executions whose start the log does not tell are not counted and shown as &quot;—&quot;.',
    },
  },
  waiting: {
    term: { zh: '等待时长', en: 'Waiting time' },
    text: {
      zh: '活动开始之前案件无人办理的时间：从此前所有活动中最晚的结束时刻，到本活动开始。此前仍有活动在办理时为 0，案件的第一项活动为 0。因此每个案件的办理时间与等待时间之和等于周期时长。日志不能说明等的是谁：可能是客户、银行或系统定时。',
      en: 'How long the case stood still before an activity: from the latest end of all earlier work in the case to its start; 0 while other work was going on, and 0 for the first activity. So in each case working and waiting add up to the cycle time. The log does not say who was waited for: it may be the customer, the bank or a timer.',
    },
  },
  working: {
    term: { zh: '有人办理的时间占比', en: 'Share worked' },
    text: {
      zh: '全部案件的周期时长中，至少有一项活动正在办理的时间所占比例（处理效率）。',
      en: 'Of the cycle time of all cases, the share in which at least one activity was being worked on (processing efficiency).',
    },
  },
  variant: {
    term: { zh: '变体', en: 'Variant' },
    text: {
      zh: '活动顺序完全相同的案件属于同一变体。执行按（开始、结束、在文件中的位置）排序。',
      en: 'Cases with exactly the same sequence of activities. Executions are ordered by (start, end, position in the file).',
    },
  },
  rework: {
    term: { zh: '返工', en: 'Rework' },
    text: {
      zh: '同一案件中同一活动的再次执行。返工案件：至少有一次返工的案件；返工次数：每个案件的执行数减去不同活动数之和。多人会签同一活动时，第二人起也计入。',
      en: 'An activity done again in the same case. Rework cases have at least one; rework executions are, per case, executions minus different activities. Where several people do the same activity, such as a committee that votes, each after the first counts too.',
    },
  },
  bottleneck: {
    term: { zh: '瓶颈', en: 'Bottleneck' },
    text: {
      zh: '在其之前累计等待最长的活动。占比 = 该活动之前的等待时长之和 ÷ 全部等待时长之和。它指出时间损失在哪里，不等于原因。',
      en: 'An activity before which most waiting adds up. Share = waiting before this activity ÷ all waiting. It says where time is lost, not yet why.',
    },
  },
  amount: {
    term: { zh: '资金', en: 'Money' },
    text: {
      zh: '随活动执行而记账的金额，按活动和币种分别合计，精确到最小货币单位；不同币种不相加。',
      en: 'Amounts posted with executions, added up by activity and currency, exact to the minor unit; currencies are never added together.',
    },
  },
  map: {
    term: { zh: '流程图谱', en: 'Process map' },
    text: {
      zh: '箭头表示在同一案件中一项活动之后紧接着另一项活动；数字是次数，或从前一项结束到后一项开始的时间中位数（重叠时为 0）。图谱不能区分“选择”与“并行”。',
      en: 'An arrow means that one activity came directly after another in a case; its number is how often, or the median time from the end of the one to the start of the other (0 when they overlap). A map cannot tell choice from parallel work.',
    },
  },
  coverage: {
    term: { zh: '显示比例', en: 'Coverage' },
    text: {
      zh: '图中箭头所代表的步数占全部步数（含案件的开始和结束）的比例。任何比例下，每项活动都保留从开始到结束的最强路径。',
      en: 'The share of all steps (with begin and end of cases) that the arrows shown stand for. At any setting each activity keeps its strongest path from start to end.',
    },
  },
} as const satisfies Readonly<Record<string, Definition>>;

/** Figures of a log beside a model, and of what goes with an outcome. */
export const comparedDefinitions = {
  fitting: {
    term: { zh: '完全符合的案件', en: 'Cases that fit' },
    text: {
      zh: '与模型完全一致的案件：既没有跳过模型要求的步骤，也没有在模型之外办理。',
      en: 'Cases in full agreement with the model: nothing it asks for was skipped, nothing done beyond it.',
    },
  },
  fitness: {
    term: { zh: '拟合度（案件平均）', en: 'Fitness, mean of cases' },
    text: {
      zh: '每个案件为 1 −（最少偏离数 ÷（案件步数 + 模型最短路径步数）），再对案件取平均；偏离数由精确对齐求得。',
      en: 'For each case 1 - fewest deviations / (its steps + those of the shortest run of the model), then the mean of cases. Deviations are counted by exact alignments.',
    },
  },
  logFitness: {
    term: { zh: '拟合度（全日志）', en: 'Fitness of the log' },
    text: {
      zh: '1 −（全部案件的偏离数 ÷ 全部案件的最大可能偏离数）。',
      en: '1 - all deviations / the most there could be, over all cases.',
    },
  },
  precision: {
    term: { zh: '精确度', en: 'Precision' },
    text: {
      zh: '模型允许的走法中，案件真正走过的比例（逃逸边法）：低表示模型允许许多从未发生的走法。',
      en: 'How much of what the model allows the cases really did (escaping edges): low when a model allows much that never happens.',
    },
  },
  difference: {
    term: { zh: '相差', en: 'Difference' },
    text: {
      zh: '有此因素的案件中出现该结果的比例，减去无此因素的案件中的比例；区间为 95%。',
      en: 'The share of cases with the outcome among those with the factor less that among those without; the interval is 95 %.',
    },
  },
} as const satisfies Readonly<Record<string, Definition>>;

export type DefinitionKey = keyof typeof definitions;

/** How events were turned into executions, for the reader of the report. */
export const lifecycleRule: Readonly<Record<LifecycleView, Both>> = {
  instances: {
    zh: '同一案件中，活动的“开始”事件与其后同一活动的第一个“完成”事件合为一次执行（先开始者先完成）。只有“完成”的为一次处理时长未知的执行；只有“开始”的不计为执行；其他事件不读取。',
    en: 'In a case, a &quot;start&quot; and the next &quot;complete&quot; of the same activity are one execution (first started, first completed). A &quot;complete&quot; alone is an execution whose handling time is not known; a &quot;start&quot; alone is none; other events are not read.',
  },
  complete: {
    zh: '只读取“完成”事件，每个事件是一次没有处理时长的执行。',
    en: 'Only &quot;complete&quot; events are read; each is an execution without handling time.',
  },
  all: {
    zh: '读取全部事件，不区分生命周期，每个事件是一次没有处理时长的执行。',
    en: 'All events are read whatever their lifecycle; each is an execution without handling time.',
  },
};
