import type { WaitClass } from '../../../insight/analysis.ts';
import { percent } from '../../../insight/report/words.ts';
import type { ReportCell, ReportChapter } from './document.ts';
import { table, timeCell, type Writing, words } from './writing.ts';

/** A change worth weighing: what it is, why, and what the log says it would have saved. */
type Option = {
  readonly what: string;
  readonly why: string;
  /** Seconds over all cases; null: the log cannot tell. */
  readonly seconds: number | null;
};

/** What is usually done about each cause of waiting. */
const remedies: Readonly<Record<WaitClass, readonly [zh: string, en: string]>> = {
  contention: ['增加或调配办理人，错开高峰', 'add or share people, level the peaks'],
  priority: ['按先到先办排队', 'serve in order of arrival'],
  unavailability: ['安排替班，延长受理时段', 'cover absences, widen the hours'],
  batching: ['缩小批次，到即办理', 'smaller batches, work on arrival'],
  extraneous: [
    '查清等待的对象（客户、外部系统、定时），提前催办或一次告知',
    'find out what is waited for (customer, other system, timer); ask early and once',
  ],
};

function optionsOf({ found, say }: Writing): readonly Option[] {
  const { analysis, saved, worstCause } = found;
  const [worst] = analysis.bottlenecks;
  const [step] = saved.withoutStep;
  const options: Option[] = [];
  if (worst !== undefined) {
    const [zh, en] =
      worstCause === null ? ['查清等待的原因', 'find out why'] : remedies[worstCause.cause];
    options.push({
      what: say(
        `消除“${worst.activity}”之前的等待：${zh}`,
        `No wait before ${worst.activity}: ${en}`,
      ),
      why: say(`占全部等待的 ${percent(worst.share)}`, `${percent(worst.share)} of all waiting`),
      seconds: worst.totalWaitingSeconds,
    });
  }
  if (saved.withoutRepeatsSeconds > 0) {
    options.push({
      what: say('一次做对：不再重复办理', 'Right first time: no step done again'),
      why: say(
        `${percent(analysis.reworkCases / analysis.cases)} 的案件有返工`,
        `${percent(analysis.reworkCases / analysis.cases)} of cases have rework`,
      ),
      seconds: saved.withoutRepeatsSeconds,
    });
  }
  if (step !== undefined && step.seconds > 0) {
    options.push({
      what: say(`取消或合并步骤“${step.activity}”`, `Drop or merge the step ${step.activity}`),
      why: say('单独取消一个步骤时节省最多', 'the single step whose absence saves most'),
      seconds: step.seconds,
    });
  }
  options.push({
    what: say('先到先办', 'First come, first served'),
    why: say('后到的工作先办所造成的等待', 'waiting because later work was done first'),
    seconds: saved.firstComeSeconds,
  });
  return options
    .filter(({ seconds }) => seconds === null || seconds > 0)
    .sort((a, b) => (b.seconds ?? -1) - (a.seconds ?? -1));
}

/** 六: what could be changed, each option with its evidence. */
export function optionsChapter(writing: Writing): ReportChapter {
  const { say } = writing;
  const rows = optionsOf(writing).map(({ what, why }) => [words(what), words(why)]);
  return {
    title: say('六、改进方案', '6. Options'),
    blocks: table(
      say('可供选择的方案', 'Options to weigh'),
      [say('方案', 'Option'), say('依据', 'Evidence')],
      rows,
    ),
  };
}

/** 七: what each option would have saved in these very cases. */
export function effectChapter(writing: Writing): ReportChapter {
  const { found, say, own } = writing;
  const { cases, time } = found.analysis;
  const rows = optionsOf(writing).map(({ what, seconds }): ReportCell[] => {
    if (seconds === null) {
      const unknown = words(say('日志无法算出', 'the log cannot tell'));
      return [words(what), unknown, words('—'), words('—')];
    }
    const share = time.cycleSeconds > 0 ? seconds / time.cycleSeconds : 0;
    return [
      words(what),
      timeCell(seconds / cases, own),
      timeCell(seconds, own),
      { text: percent(share), value: share },
    ];
  });
  return {
    title: say('七、预期效果', '7. Expected effect'),
    blocks: [
      {
        kind: 'text',
        text: say(
          '由这些案件本身算出：若当时如此，最多可省的时间；每项单独计算，其余保持原样，不能相加。这不是预测。',
          'Computed from these very cases: at most this much time would not have passed. Each by itself with all else as it was; they do not add up. It is no forecast.',
        ),
      },
      ...table(
        say('最多可节省', 'At most saved'),
        [
          ...[say('方案', 'Option'), say('平均每案', 'Per case'), say('合计', 'In all')],
          say('占周期时长', 'Share of cycle time'),
        ],
        rows,
      ),
    ],
  };
}

/** 八: the order in which to go on; who and when is for people to fill in. */
export function planChapter(writing: Writing): ReportChapter {
  const { say } = writing;
  const open = words(say('（待填）', '(to be named)'));
  const rows = optionsOf(writing).map(({ what }, i): ReportCell[] => [
    { text: String(i + 1), value: i + 1 },
    words(what),
    words(
      say(
        '与办理人核实原因，试点，与冻结的基线比较',
        'check with those who do it, pilot, compare with a frozen baseline',
      ),
    ),
    open,
    open,
  ]);
  return {
    title: say('八、实施计划', '8. Plan'),
    blocks: table(
      say('按可节省时间排列', 'By the time they could save'),
      [
        ...['#', say('方案', 'Option'), say('做法', 'How')],
        ...[say('负责人', 'Owner'), say('完成日期', 'Due')],
      ],
      rows,
    ),
  };
}

/** 九: what the report does not know. */
export function unmeasuredChapter({ input, found, say }: Writing): ReportChapter {
  const { analysis, slow, waiting } = found;
  const { source, held } = input;
  const [inexact, started] = [held?.inexactCases ?? 0, analysis.leftOut.unfinishedStarts];
  const [unnamed, bad] = [waiting?.unnamedShare ?? 0, source.badRows?.count ?? 0];
  const notes: readonly (readonly [holds: boolean, zh: string, en: string])[] = [
    [
      !analysis.time.measured,
      '日志没有办理起止时间：处理时长和等待原因未度量。',
      'The log tells no handling times: handling and causes of waiting are not measured.',
    ],
    [
      analysis.resources === 0,
      '日志没有人员：争用、优先级、四眼原则未检查。',
      'The log names nobody: contention, order and four eyes are not checked.',
    ],
    [
      held === null,
      '没有比对模型：未检查是否符合规定。',
      'No model was given: conformance is not checked.',
    ],
    [
      inexact > 0,
      `${inexact} 个案件的比对被截断，偏离数是下界。`,
      `The search was cut short for ${inexact} cases; their deviations are a lower bound.`,
    ],
    [slow === null, '没有可比较的慢案件。', 'There were no slow cases to compare.'],
    [
      unnamed > 0,
      `${percent(unnamed)} 的等待没有记录人员，计为外部原因。`,
      `${percent(unnamed)} of the waiting names nobody and counts as an outside cause.`,
    ],
    [
      started > 0,
      `${started} 次开始没有完成，未计入。`,
      `Starts that never completed and are not counted: ${started}.`,
    ],
    [
      bad > 0,
      `${bad} 行无法读取，已略过。`,
      `Rows that could not be read and are left out: ${bad}.`,
    ],
    [
      true,
      '成本、差错损失和客户满意度不在日志中，本报告未涉及。',
      'Cost, loss by errors and satisfaction of customers are not in the log and not here.',
    ],
    [
      true,
      '时间按日历计算，未扣除夜间和节假日。',
      'Times are by the calendar; nights and holidays are not taken off.',
    ],
  ];
  return {
    title: say('九、未度量的内容', '9. What was not measured'),
    blocks: notes.flatMap(([holds, zh, en]) =>
      holds ? [{ kind: 'text' as const, text: say(zh, en) }] : [],
    ),
  };
}
