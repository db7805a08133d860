import { basename, resolve } from 'node:path';
import { assert } from '../../base/assert.ts';
import { refuse } from '../../base/result.ts';
import { treeToBpmn } from '../../insight/discover/bpmn.ts';
import { inductiveTree } from '../../insight/discover/inductive.ts';
import { activitiesOf, bagOf } from '../../insight/discover/trace-bag.ts';
import { activityInstances, type LifecycleView, lifecycleViews } from '../../insight/instances.ts';
import { treeText } from '../../insight/process-tree.ts';
import { read, verifyModel } from '../../kernel/index.ts';
import { readLog } from '../analyze/read-log.ts';
import { writeWhole } from '../analyze/write-report.ts';
import { type Call, type Command, sayRefusal } from '../command.ts';

const algorithms = ['im', 'imf'] as const;
/** Activities a model may have; more are no picture any more, and a column chosen wrongly. */
const activitiesMax = 300;

export const discover: Command = {
  usage: `huiliu discover LOG --out MODEL.bpmn [--algorithm im|imf] [--noise SHARE] [--lifecycle VIEW]

Makes a BPMN model with its diagram out of an event log by inductive mining and verifies it with the
same kernel that runs models. The same log gives the same model.

  --algorithm  imf (default): leaves out what is rare; im: every case of the log fits the model
  --noise      for imf, how rare beside the commonest step is left out: 0 to 1, default 0.2
  --lifecycle  complete (default), instances or all, as for analyze`,
  options: {
    out: { type: 'string' },
    algorithm: { type: 'string', default: 'imf' },
    noise: { type: 'string', default: '0.2' },
    lifecycle: { type: 'string', default: 'complete' },
  },
  words: { min: 1, max: 1 },
  run: async (call) => {
    const wrong = wrongUse(call);
    if (wrong !== null) {
      call.tell(wrong);
      return 2;
    }
    const file = resolve(call.folder, String(call.words[0]));
    const log = await readLog(file, 'utf-8', {});
    if (!log.ok) return sayRefusal(call, log);
    const work = activityInstances(log.value.log, call.options.lifecycle as LifecycleView);
    if (work.size === 0) return sayRefusal(call, refuse('log_without_completions'));
    const bag = bagOf(work);
    const activities = activitiesOf(bag).length;
    if (activities > activitiesMax) {
      const limit = String(activitiesMax);
      return sayRefusal(call, refuse('discovery_too_many_activities', { limit }));
    }
    const noise = call.options.algorithm === 'im' ? 0 : Number(call.options.noise);
    const tree = inductiveTree(bag, noise);
    const name = (activity: number) => work.log.activities.text(activity);
    const origin = `Inductive mining (noise ${noise}) of ${basename(file)}`;
    const title = { id: 'discovered', name: basename(file), origin };
    const bpmn = treeToBpmn(tree, name, title);
    const { sound, states } = await verified(bpmn);
    const out = resolve(call.folder, String(call.options.out));
    const written = await writeWhole(out, bpmn);
    if (!written.ok) return sayRefusal(call, written);
    const said = {
      ok: true,
      file: out,
      activities,
      noise,
      sound,
      states,
      tree: treeText(tree, name),
    };
    if (call.json) call.print(JSON.stringify(said));
    else {
      const verdict =
        sound === true
          ? `sound, ${states} states`
          : `sound by construction, too large to verify (${states} states seen)`;
      call.print(`${out}: ${activities} activities, ${verdict}`);
    }
    return 0;
  },
};

function wrongUse({ options }: Call): string | null {
  if (typeof options.out !== 'string') return '--out names the file of the model.';
  if (!algorithms.some((each) => each === options.algorithm)) {
    return `--algorithm is one of ${algorithms.join(', ')}.`;
  }
  if (!lifecycleViews.some((each) => each === options.lifecycle)) {
    return `--lifecycle is one of ${lifecycleViews.join(', ')}.`;
  }
  const noise = Number(options.noise);
  return noise >= 0 && noise <= 1 ? null : '--noise is a share from 0 to 1.';
}

/**
 * A block-structured model is sound by construction; the kernel must agree, or one of us is wrong.
 */
async function verified(bpmn: string): Promise<{ sound: true | 'unknown'; states: number }> {
  const model = await read(bpmn);
  assert(model.ok, 'a discovered model can be read');
  const { status, sound, states } = verifyModel(model.value);
  assert(status === 'accepted', 'a discovered model is accepted');
  assert(sound === true || sound === 'unknown', 'a discovered model is sound');
  return { sound, states };
}
