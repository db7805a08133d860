import type { InsightAnswer } from '../../contract/insight/analysis.ts';
import type { Bilingual } from '../../contract/shapes.ts';
import type { WaitingCauses, WaitingOf } from '../../insight/analysis.ts';
import type { Filtered } from '../../insight/filter.ts';
import { analyse } from '../../insight/perform/analyse.ts';
import {
  comparedDefinitions,
  type Definition,
  definitions,
} from '../../insight/report/definitions.ts';
import {
  drawnPart,
  firstLevel,
  type MapLevel,
  mapLevels,
} from '../../insight/report/map-levels.ts';
import { type MapActivity, placedMap } from '../../insight/report/map-svg.ts';
import { filterNotes } from '../../insight/report/notes.ts';
import { bottleneckText, findings } from '../../insight/report/sentences.ts';
import { waitClasses } from '../../insight/report/waiting-section.ts';
import { type Both, plain } from '../../insight/report/words.ts';
import { waitingCauses } from '../../insight/wait/summary.ts';

/** The bank keeps its hours by China's clock, eight hours before UTC. */
const bankOffsetMs = 8 * 3_600_000;
const variantsShown = 12;

/** What filtered cases say, as the console reads it; `casesInScope`: before any filter. */
export function insightAnswerOf({ work, steps }: Filtered, casesInScope: number): InsightAnswer {
  const analysis = analyse(work);
  const { caseDuration, time, period } = analysis;
  const { cases, events, activityInstances, variants, reworkCases, reworkEvents } = analysis;
  const graph = drawnPart(analysis.graph);
  const levels = mapLevels(graph);
  const drawn = new Set(graph.nodes.map((node) => node.activity));
  const stats = analysis.activityStats.filter((stat) => drawn.has(stat.activity));
  const notes = filterNotes(steps);
  return {
    casesInScope,
    steps: steps.map(({ casesBefore, casesAfter }, i) => {
      return { text: bilingual(notes[i] ?? { zh: '', en: '' }), casesBefore, casesAfter };
    }),
    ...{ cases, events, activityInstances, variants, reworkCases, reworkEvents },
    ...{ period: { ...period }, caseDuration: { ...caseDuration }, time: { ...time } },
    findings: findings(analysis).map(bilingual),
    bottlenecks: analysis.bottlenecks.map((each) => {
      const { rank, activity, share, totalWaitingSeconds, waitingCases } = each;
      const text = bilingual(bottleneckText(each));
      return { rank, activity, share, totalWaitingSeconds, waitingCases, text };
    }),
    waiting: waitingAnswer(waitingCauses(work, bankOffsetMs)),
    maps: levels.map((level) => mapAnswer(level, stats)),
    firstMap: firstLevel(levels, graph.nodes.length),
    variantStats: analysis.variantStats.slice(0, variantsShown).map((each) => {
      return { ...each, activities: [...each.activities] };
    }),
    activities: analysis.activityStats.map(activityAnswer),
    definitions: allDefinitions(),
  };
}

function activityAnswer(
  stat: ReturnType<typeof analyse>['activityStats'][number],
): InsightAnswer['activities'][number] {
  const { activity, instances, cases, reworkCases, reworkEvents, waitingShare } = stat;
  const { meanProcessingSeconds, medianProcessingSeconds } = stat;
  const { meanWaitingSeconds, medianWaitingSeconds, p90WaitingSeconds } = stat;
  return {
    ...{ activity, instances, cases, reworkCases, reworkEvents, waitingShare },
    ...{ meanProcessingSeconds, medianProcessingSeconds },
    ...{ meanWaitingSeconds, medianWaitingSeconds, p90WaitingSeconds },
  };
}

function waitingAnswer(causes: WaitingCauses | null): InsightAnswer['waiting'] {
  if (causes === null || causes.waitSeconds === 0) return null;
  const parts = ({ waitSeconds, seconds }: WaitingOf) => ({ waitSeconds, seconds: { ...seconds } });
  return {
    unnamedShare: causes.unnamedShare,
    ...parts(causes),
    activities: causes.activities
      .filter(({ waitSeconds }) => waitSeconds > 0)
      .map((each) => ({ activity: each.activity, ...parts(each) })),
  };
}

function mapAnswer(
  level: MapLevel,
  activities: readonly MapActivity[],
): InsightAnswer['maps'][number] {
  const { drawing, lines } = placedMap(level, activities);
  const spot = (i: number) => ({ x: drawing.nodes[i]!.x, y: drawing.nodes[i]!.y });
  return {
    coverage: level.coverage,
    width: Math.ceil(drawing.width),
    height: Math.ceil(drawing.height),
    nodes: activities.map(({ activity, instances, meanWaitingSeconds, waitingShare }, i) => {
      const { width, height } = drawing.nodes[i]!;
      const figures = { activity, instances, meanWaitingSeconds, waitingShare };
      return { ...spot(i), width, height, lines: [...lines[i]!], ...figures };
    }),
    begin: spot(activities.length),
    end: spot(activities.length + 1),
    edges: level.arcs.map((arc, i) => {
      const { path, label, back } = drawing.arcs[i]!;
      return { ...arc, path, label: { x: label.x, y: label.y }, back };
    }),
  };
}

function allDefinitions(): InsightAnswer['definitions'] {
  const told = ({ term, text }: Definition) => ({ term: bilingual(term), text: bilingual(text) });
  return Object.fromEntries([
    ...Object.entries<Definition>(definitions).map(([key, each]) => [key, told(each)]),
    ...Object.entries<Definition>(comparedDefinitions).map(([key, each]) => [key, told(each)]),
    ...waitClasses.map((each) => [each.key, told(each)]),
  ]);
}

/** The sentences are made for a page; the console wants their characters. */
export function bilingual({ zh, en }: Both): Bilingual {
  return { 'zh-CN': plain(zh), en: plain(en) };
}
