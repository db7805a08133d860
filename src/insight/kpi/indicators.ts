import type { Bilingual } from '../../contract/shapes.ts';

/** The indicators, in the order in which they are shown. */
export const indicatorCodes = [
  'handling_time',
  'items_per_person_hour',
  'cycle_time',
  'cycle_time_worked',
  'bottleneck_share',
  'processing_efficiency',
  'error_rate',
  'rework_rate',
  'first_pass_yield',
  'complaint_rate',
  'unit_cost',
  'labour_input',
  'manual_intervention_rate',
] as const;
export type IndicatorCode = (typeof indicatorCodes)[number];

/** What an indicator may need that a log does not hold. */
export const needs = [
  'handling_times',
  'working_hours',
  'person_hours',
  'hours_per_person',
  'confirmed_errors',
  'complaints',
  'staff_rate',
  'system_cost',
  'resources',
] as const;
export type Need = (typeof needs)[number];

/** The branches of the tree of indicators. */
export const indicatorGroups = ['time', 'quality', 'cost', 'risk', 'satisfaction'] as const;
export type IndicatorGroup = (typeof indicatorGroups)[number];

/** In what an indicator is counted; `minor`: minor units of the currency, `people`: full-time. */
export type IndicatorUnit = 'seconds' | 'share' | 'per_hour' | 'minor' | 'people' | 'per_10000';

/**
 * An indicator (指标) with what it means. `sample`: what is counted; `better`: which way a change is
 * good. The texts are part of what a baseline freezes: a changed word is another definition.
 */
export type Indicator = {
  readonly code: IndicatorCode;
  /** The indicator's number in the bank's list. */
  readonly number: string;
  readonly group: IndicatorGroup;
  readonly unit: IndicatorUnit;
  readonly better: 'lower' | 'higher';
  readonly name: Bilingual;
  readonly definition: Bilingual;
  readonly formula: Bilingual;
  readonly sample: Bilingual;
};

const cases: Bilingual = {
  'zh-CN': '筛选后至少办理过一项活动的全部案件',
  en: 'All cases left by the filters in which at least one activity was done',
};
const staffWork: Bilingual = {
  'zh-CN': '筛选后的案件中由银行员工办理、开始和结束均有记录的活动执行',
  en: 'Executions by staff of the bank in the filtered cases whose start and end are recorded',
};

const all: Readonly<Record<IndicatorCode, Omit<Indicator, 'code'>>> = {
  handling_time: {
    ...{ number: 'KPI-01', group: 'time', unit: 'seconds', better: 'lower' },
    name: { 'zh-CN': '平均处理时长', en: 'Mean handling time' },
    definition: {
      'zh-CN': '一次活动执行从开始到结束的日历时间的平均值。没有记录开始时间的执行不计入。',
      en: 'The mean calendar time from start to end of one execution of an activity. Executions whose start is not recorded are not counted.',
    },
    formula: { 'zh-CN': 'Σ（结束 − 开始）÷ 执行次数', en: 'Σ (end − start) ÷ executions' },
    sample: {
      'zh-CN': '筛选后的案件中开始和结束均有记录的活动执行',
      en: 'Executions in the filtered cases whose start and end are recorded',
    },
  },
  items_per_person_hour: {
    ...{ number: 'KPI-02', group: 'cost', unit: 'per_hour', better: 'higher' },
    name: { 'zh-CN': '人均处理量', en: 'Items per person' },
    definition: {
      'zh-CN':
        '每投入一个工时办理的业务笔数。工时取给定的工时数；未给定时取日志记录的员工处理时间，且只在全部员工执行均有开始和结束时才计算。',
      en: 'Items per hour of work. The hours are the person-hours given; where none are given, the handling recorded in the log for staff, and only if start and end of all their executions are recorded.',
    },
    formula: { 'zh-CN': '案件数 ÷ 工时', en: 'cases ÷ person-hours' },
    sample: cases,
  },
  cycle_time: {
    ...{ number: 'KPI-03', group: 'time', unit: 'seconds', better: 'lower' },
    name: { 'zh-CN': '流程周期总时长', en: 'Total cycle time' },
    definition: {
      'zh-CN': '案件从第一项活动开始到最后一项活动结束的日历时间（含夜间和节假日）的平均值。',
      en: 'The mean calendar time of a case from the start of its first activity to the end of its last, nights and holidays included.',
    },
    formula: {
      'zh-CN': 'Σ（案件结束 − 案件开始）÷ 案件数',
      en: 'Σ (case end − case start) ÷ cases',
    },
    sample: cases,
  },
  cycle_time_worked: {
    ...{ number: 'KPI-03', group: 'time', unit: 'seconds', better: 'lower' },
    name: { 'zh-CN': '流程周期总时长（工作时间）', en: 'Total cycle time in working hours' },
    definition: {
      'zh-CN': '案件从第一项活动开始到最后一项活动结束，只计工作日历中的工作时间的平均值。',
      en: 'The mean time of a case from the start of its first activity to the end of its last, of which only the working hours of the calendar count.',
    },
    formula: {
      'zh-CN': 'Σ 案件开始至案件结束之间的工作时间 ÷ 案件数',
      en: 'Σ working time between case start and case end ÷ cases',
    },
    sample: cases,
  },
  bottleneck_share: {
    ...{ number: 'KPI-04', group: 'time', unit: 'share', better: 'lower' },
    name: { 'zh-CN': '瓶颈环节耗时占比', en: 'Bottleneck share' },
    definition: {
      'zh-CN':
        '耗时最长的环节的耗时占全部周期时长的比例。环节耗时：从此前所有活动中最晚的结束时刻到本活动结束（含等待与处理），与此前活动重叠的部分不重复计算；各环节之和等于周期时长。',
      en: 'The share of the whole cycle time that the longest step takes. Time of a step: from the latest end of all earlier work in the case to the end of this one, waiting and handling both, without what overlaps earlier work; the steps add up to the cycle time.',
    },
    formula: { 'zh-CN': '瓶颈环节耗时 ÷ 周期时长', en: 'time of the bottleneck step ÷ cycle time' },
    sample: cases,
  },
  processing_efficiency: {
    ...{ number: 'KPI-04', group: 'time', unit: 'share', better: 'higher' },
    name: { 'zh-CN': '处理效率', en: 'Processing efficiency' },
    definition: {
      'zh-CN': '周期时长中至少有一项活动正在办理的时间所占比例。',
      en: 'The share of the cycle time in which at least one activity was being worked on.',
    },
    formula: { 'zh-CN': '有人办理的时间 ÷ 周期时长', en: 'time worked on ÷ cycle time' },
    sample: cases,
  },
  error_rate: {
    ...{ number: 'KPI-05', group: 'quality', unit: 'share', better: 'lower' },
    name: { 'zh-CN': '差错率', en: 'Error rate' },
    definition: {
      'zh-CN':
        '已确认差错的业务占全部业务的比例。什么算已确认差错由参数给定：案件属性、活动或差错数。',
      en: 'The share of items with a confirmed error. What counts as a confirmed error is given: an attribute of the case, an activity, or a count.',
    },
    formula: { 'zh-CN': '已确认差错 ÷ 案件数', en: 'confirmed errors ÷ cases' },
    sample: cases,
  },
  rework_rate: {
    ...{ number: 'KPI-06', group: 'quality', unit: 'share', better: 'lower' },
    name: { 'zh-CN': '返工率', en: 'Rework rate' },
    definition: {
      'zh-CN': '至少有一项活动被执行一次以上的案件占全部案件的比例。',
      en: 'The share of cases in which at least one activity was executed more than once.',
    },
    formula: { 'zh-CN': '有重复活动的案件 ÷ 案件数', en: 'cases with a repeated activity ÷ cases' },
    sample: cases,
  },
  first_pass_yield: {
    ...{ number: 'KPI-07', group: 'quality', unit: 'share', better: 'higher' },
    name: { 'zh-CN': '一次通过率', en: 'First-pass yield' },
    definition: {
      'zh-CN':
        '没有退回的案件占全部案件的比例。退回：某活动办理过，之后办理了别的活动，又回到该活动；给定了退回活动时，改为办理过其中之一。',
      en: 'The share of cases without a return. A return: an activity was done, then another one, then the first again; where activities that mean a return are given, one of these was done.',
    },
    formula: { 'zh-CN': '没有退回的案件 ÷ 案件数', en: 'cases with no return ÷ cases' },
    sample: cases,
  },
  complaint_rate: {
    ...{ number: 'FB-05', group: 'satisfaction', unit: 'per_10000', better: 'lower' },
    name: { 'zh-CN': '客户投诉率（后台处理相关）', en: 'Complaints due to processing' },
    definition: {
      'zh-CN': '每一万笔业务中由后台处理引起的投诉数。投诉由参数给定：案件属性、活动或投诉数。',
      en: 'Complaints caused by back-office processing per 10,000 items. Complaints are given: an attribute of the case, an activity, or a count.',
    },
    formula: { 'zh-CN': '投诉 ÷ 案件数 × 10000', en: 'complaints ÷ cases × 10,000' },
    sample: cases,
  },
  unit_cost: {
    ...{ number: 'KPI-08', group: 'cost', unit: 'minor', better: 'lower' },
    name: { 'zh-CN': '单位业务处理成本', en: 'Unit cost' },
    definition: {
      'zh-CN': '每笔业务的员工处理分钟乘以人工费率，加每笔系统成本。',
      en: 'Minutes of staff per item at the staff rate, and the system cost of an item.',
    },
    formula: {
      'zh-CN': '员工处理时间 × 人工费率 ÷ 案件数 + 每笔系统成本',
      en: 'staff time × rate ÷ cases + system cost per item',
    },
    sample: staffWork,
  },
  labour_input: {
    ...{ number: 'KPI-09', group: 'cost', unit: 'people', better: 'lower' },
    name: { 'zh-CN': '人力投入', en: 'Labour input' },
    definition: {
      'zh-CN':
        '流程占用的全职人员数：投入工时除以一名全职人员在同期的工作小时。工时取给定的工时数；未给定时取日志记录的员工处理时间。',
      en: 'Full-time equivalents of the process: hours of work over the working hours of one full-time person in the period. The hours are the person-hours given; where none are given, the handling recorded for staff.',
    },
    formula: {
      'zh-CN': '工时 ÷ 一名全职人员同期工作小时',
      en: 'person-hours ÷ hours of one full-time person',
    },
    sample: staffWork,
  },
  manual_intervention_rate: {
    ...{ number: 'KPI-10', group: 'risk', unit: 'share', better: 'lower' },
    name: { 'zh-CN': '后台人工干预率', en: 'Manual intervention rate' },
    definition: {
      'zh-CN':
        '直通路径之外有银行员工办理活动的案件占全部案件的比例。直通路径上允许的人工活动由参数给定；未给定时，任何员工活动都算人工干预。客户本人和系统的活动不算。',
      en: 'The share of cases with a task of staff off the straight-through path. Tasks of people that belong to that path are given; where none are, any task of staff is an intervention. What customers and systems do does not count.',
    },
    formula: {
      'zh-CN': '直通路径外有员工活动的案件 ÷ 案件数',
      en: 'cases with a staff task off the path ÷ cases',
    },
    sample: cases,
  },
};

/** Every indicator with its definition. */
export const indicators: readonly Indicator[] = indicatorCodes.map((code) => ({
  code,
  ...all[code],
}));

/** One indicator. */
export function indicatorOf(code: IndicatorCode): Indicator {
  return { code, ...all[code] };
}

/**
 * All that makes an indicator what it is, as one text: a baseline keeps its digest, so that a value
 * is never held against one of another definition.
 */
export function definitionText(code: IndicatorCode): string {
  const { number, unit, better, definition, formula, sample } = all[code];
  return JSON.stringify([code, number, unit, better, definition, formula, sample]);
}
