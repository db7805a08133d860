import { deviationText } from '../../../insight/report/deviation-text.ts';
import { filterNotes } from '../../../insight/report/notes.ts';
import { bottleneckText, findings as sentences } from '../../../insight/report/sentences.ts';
import { waitClasses } from '../../../insight/report/waiting-section.ts';
import { type Both, count, percent, plain } from '../../../insight/report/words.ts';
import type { ReportBlock, ReportCell, ReportChapter, ReportDocument, Say } from './document.ts';
import { type DiagnosisInput, type Explained, findingsOf } from './findings.ts';
import { CaseLists } from './lists.ts';
import { effectChapter, optionsChapter, planChapter, unmeasuredChapter } from './measures.ts';
import { number, shareCell, table, timeCell, type Writing, words } from './writing.ts';

/** The diagnosis report of a log, in the order of the operating manual. */
export function diagnosisOf(input: DiagnosisInput): ReportDocument {
  const zh = input.language === 'zh-CN';
  const say: Say = (chinese, english) => (zh ? chinese : english);
  const own = (both: Both) => plain(zh ? both.zh : both.en);
  const found = findingsOf(input);
  const lists = new CaseLists(input.work);
  const writing: Writing = { input, found, lists, say, own };
  const { period, cases } = found.analysis;
  return {
    language: input.language,
    title: say(`流程诊断报告：${input.name}`, `Process diagnosis: ${input.name}`),
    facts: say(
      `${period.from.slice(0, 10)} 至 ${period.to.slice(0, 10)}，${count(cases)} 个案件`,
      `${period.from.slice(0, 10)} to ${period.to.slice(0, 10)}, ${count(cases)} cases`,
    ),
    chapters: [
      scopeChapter(writing),
      asIsChapter(writing),
      bottleneckChapter(writing),
      causeChapter(writing),
      riskChapter(writing),
      optionsChapter(writing),
      effectChapter(writing),
      planChapter(writing),
      unmeasuredChapter(writing),
    ],
    lists: lists.all,
  };
}

const paragraph = (text: string): ReportBlock => ({ kind: 'text', text });

function scopeChapter({ input, found, lists, say, own }: Writing): ReportChapter {
  const { analysis } = found;
  const notes = filterNotes(input.filters).map(own);
  const rows: readonly (readonly ReportCell[])[] = [
    [words(say('对象', 'Subject')), words(input.name)],
    [
      words(say('案件', 'Cases')),
      lists.cell(
        say('全部案件', 'all cases'),
        lists.where(() => true),
      ),
    ],
    [words(say('活动执行', 'Executions')), number(analysis.activityInstances)],
    [words(say('活动', 'Activities')), number(analysis.activities)],
    [words(say('操作员或系统', 'People or systems')), number(analysis.resources)],
    [words(say('筛选', 'Filters')), words(notes.join(' → ') || say('无', 'none'))],
    [words(say('比对模型', 'Model')), words(input.held?.model ?? say('无', 'none'))],
  ];
  return {
    title: say('一、目标与范围', '1. Goal and scope'),
    blocks: [
      paragraph(
        say(
          '目标：说明流程实际如何运行，时间花在哪里及其原因，哪些案件偏离规定，以及能由日志算出的改进效果。',
          'Goal: to say how the process really runs, where its time goes and why, which cases leave the rules, and what of it the log lets us compute that a change would win.',
        ),
      ),
      ...table(say('范围', 'Scope'), [say('项目', 'Item'), say('内容', 'Value')], rows),
    ],
  };
}

function asIsChapter({ found, lists, say, own, input }: Writing): ReportChapter {
  const { analysis } = found;
  const long = (seconds: number | null) => timeCell(seconds, own);
  const variants = analysis.variantStats.slice(0, 10).map((each) => [
    number(each.rank),
    lists.cell(
      say(`第 ${each.rank} 种路径`, `path ${each.rank}`),
      lists.where(
        (path) =>
          path.length === each.activities.length &&
          path.every((code, i) => input.work.log.activities.text(code) === each.activities[i]),
      ),
    ),
    shareCell(each.share),
    long(each.medianSeconds),
    words(each.activities.join(' → ')),
  ]);
  const activities = analysis.activityStats.map((each) => [
    words(each.activity),
    number(each.instances),
    lists.cell(each.activity, lists.with(each.activity)),
    long(each.medianProcessingSeconds),
    long(each.medianWaitingSeconds),
    shareCell(each.waitingShare),
  ]);
  const [cases, share] = [say('案件', 'Cases'), say('占比', 'Share')];
  return {
    title: say('二、现状', '2. As it is'),
    blocks: [
      ...sentences(analysis).map((sentence) => paragraph(own(sentence))),
      ...table(
        say('最常见的路径', 'Commonest paths'),
        ['#', cases, share, say('周期中位数', 'Median cycle'), say('路径', 'Path')],
        variants,
      ),
      ...table(
        say('活动', 'Activities'),
        [
          ...[say('活动', 'Activity'), say('执行', 'Executions'), cases],
          ...[say('处理中位数', 'Median handling'), say('等待中位数', 'Median waiting')],
          say('占全部等待', 'Share of waiting'),
        ],
        activities,
      ),
    ],
  };
}

function bottleneckChapter({ found, lists, say, own }: Writing): ReportChapter {
  const { bottlenecks } = found.analysis;
  const rows = bottlenecks.map((each) => [
    number(each.rank),
    words(each.activity),
    shareCell(each.share),
    timeCell(each.totalWaitingSeconds, own),
    lists.cell(each.activity, lists.with(each.activity)),
    words(own(bottleneckText(each))),
  ]);
  const waiting = (found.waiting?.activities ?? [])
    .filter(({ waitSeconds }) => waitSeconds > 0)
    .slice(0, 12)
    .map((each) => [
      words(each.activity),
      timeCell(each.waitSeconds, own),
      ...waitClasses.map(({ key }) => shareCell(each.seconds[key] / each.waitSeconds)),
    ]);
  return {
    title: say('三、瓶颈', '3. Bottlenecks'),
    blocks: [
      ...(rows.length === 0 ? [paragraph(say('没有等待。', 'There is no waiting.'))] : []),
      ...table(
        say('按等待占比排列', 'By their share of all waiting'),
        [
          ...['#', say('活动之前', 'Before'), say('占全部等待', 'Share of waiting')],
          ...[say('等待合计', 'Waiting in all'), say('案件', 'Cases'), say('说明', 'In words')],
        ],
        rows,
      ),
      ...table(
        say('等待的原因（五项之和为全部等待）', 'What the waiting was for (the five add up to it)'),
        [
          ...[say('活动之前', 'Before'), say('等待合计', 'Waiting in all')],
          ...waitClasses.map(({ term }) => own(term)),
        ],
        waiting,
      ),
    ],
  };
}

function causeChapter(writing: Writing): ReportChapter {
  const { found, say } = writing;
  const slow = found.slow;
  return {
    title: say('四、根本原因', '4. Root causes'),
    blocks: [
      ...(slow === null
        ? [
            paragraph(
              say(
                '没有案件慢于四分之三的案件，无法比较快慢。',
                'No case is slower than three in four, so fast and slow cannot be compared.',
              ),
            ),
          ]
        : explainedBlocks(writing, slow, say('慢的案件', 'slow cases'))),
      ...(found.rework === null
        ? []
        : explainedBlocks(writing, found.rework, say('返工的案件', 'cases with rework'))),
      paragraph(
        say(
          '相关不等于因果：以下因素与结果同时出现，不表示由它们造成。',
          'Going together is not making: a factor that goes with an outcome need not have caused it.',
        ),
      ),
    ],
  };
}

function explainedBlocks(
  { lists, say, own }: Writing,
  told: Explained,
  what: string,
): readonly ReportBlock[] {
  const found = told.found.filter(({ difference, held }) => difference > 0 && !held?.explained);
  const points = (share: number) => `${share > 0 ? '+' : ''}${(share * 100).toFixed(1)}`;
  const rows = found.slice(0, 12).map((cause) => {
    const name = causeName(cause, say);
    return [
      words(name),
      lists.cell(name, cause.caseCodes),
      shareCell(cause.hits / cause.cases),
      shareCell(cause.otherHits / cause.otherCases),
      { text: points(cause.difference), value: cause.difference },
      words(`[${points(cause.interval.from)}, ${points(cause.interval.to)}]`),
    ];
  });
  const whys = told.whys.map(({ among, cause }, i) => [
    number(i + 1),
    words(causeName(cause, say)),
    shareCell(cause.hits / cause.cases),
    shareCell(cause.otherHits / cause.otherCases),
    number(among),
  ]);
  const lost = told.lost.map((each) => [
    words(`${each.from} → ${each.to}`),
    timeCell(each.secondsMore, own),
    shareCell(each.share),
    words(own(waitClasses.find(({ key }) => key === each.mainly)?.term ?? { zh: '', en: '' })),
  ]);
  const hits = lists.cell(what, told.caseCodes);
  const [withIt, without] = [say('有此因素', 'With it'), say('无此因素', 'Without')];
  return [
    ...table(
      what,
      [say('结果', 'Outcome'), say('案件', 'Cases'), say('全部', 'Of'), say('界限', 'Above')],
      [[words(what), hits, number(told.cases), timeCell(told.overSeconds, own)]],
    ),
    ...table(
      say(
        `${what}的因素（检查 ${told.looked} 个，已校正；固定其他因素后仍成立）`,
        `What goes with ${what} (${told.looked} looked at, corrected; holds with others held)`,
      ),
      [
        ...[say('因素', 'Factor'), say('案件', 'Cases'), withIt, without],
        ...[say('相差（百分点）', 'Points'), say('95% 区间', '95 % interval')],
      ],
      rows,
    ),
    ...table(
      say(`${what}：追问为什么`, `${what}: why, and why again`),
      ['#', say('因素', 'Factor'), withIt, without, say('在案件中', 'Among')],
      whys,
    ),
    ...table(
      say(`${what}：时间多花在哪里（每案）`, `${what}: where their time is lost (per case)`),
      [
        ...[say('步骤', 'Passage'), say('多等', 'More wait'), say('占比', 'Share')],
        say('主要原因', 'Mainly'),
      ],
      lost,
    ),
  ];
}

const groupWords = {
  attribute: ['属性', 'attribute'],
  resource: ['人员', 'person'],
  path: ['路径', 'path'],
  rework: ['返工', 'again'],
  period: ['时期', 'period'],
  load: ['在办量', 'open cases'],
} as const;

type Named = Pick<Explained['found'][number], 'group' | 'subject' | 'value'>;

function causeName({ group, subject, value }: Named, say: Say): string {
  const [zh, en] = groupWords[group];
  const word = say(zh, en);
  if (group === 'load') return `${word} ${value}`;
  if (value === '') return `${word} ${subject}`;
  return group === 'path' ? `${word} ${subject} → ${value}` : `${word} ${subject} = ${value}`;
}

function riskChapter({ input, found, lists, say, own }: Writing): ReportChapter {
  const { held } = input;
  const deviations = (held?.deviations ?? []).map((each) => [
    words(own(deviationText(each))),
    lists.cell(own(deviationText(each)), each.caseCodes),
  ]);
  const rework = found.analysis.activityStats
    .filter(({ reworkCases }) => reworkCases > 0)
    .sort((a, b) => b.reworkCases - a.reworkCases)
    .slice(0, 10)
    .map((each) => [
      words(each.activity),
      lists.cell(
        say(`重复的“${each.activity}”`, `${each.activity}, again`),
        lists.with(each.activity, true),
      ),
      number(each.reworkEvents),
    ]);
  const alone = found.alone.map((each) => [words(each.activity), number(each.instances)]);
  const cases = say('案件', 'Cases');
  const fit =
    held === null
      ? say('没有给出模型，未检查是否符合规定。', 'No model was given, so rules were not checked.')
      : say(
          `与模型“${held.model}”比对：${count(held.fittingCases)} / ${count(held.cases)} 个案件完全符合，拟合度 ${percent(held.averageFitness)}。`,
          `Against the model ${held.model}: ${count(held.fittingCases)} of ${count(held.cases)} cases fit; fitness ${percent(held.averageFitness)}.`,
        );
  return {
    title: say('五、风险点', '5. Risk points'),
    blocks: [
      paragraph(fit),
      ...table(say('偏离模型', 'Deviations'), [say('偏离', 'Deviation'), cases], deviations),
      ...table(
        say('返工', 'Rework'),
        [say('活动', 'Activity'), cases, say('重复次数', 'Repeats')],
        rework,
      ),
      ...table(
        say('只有一人办理的活动', 'Activities that one person alone does'),
        [say('活动', 'Activity'), say('执行', 'Executions')],
        alone,
      ),
    ],
  };
}
