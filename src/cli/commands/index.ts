import type { Command } from '../command.ts';

/** A command is loaded only when it is called: `--help` must not wait for a database driver. */
type Entry = {
  readonly name: string;
  readonly summary: string;
  load(): Promise<Command>;
};

export const commands: readonly Entry[] = [
  {
    name: 'start',
    summary: 'the whole system: database, migrations, demo bank, server, console',
    load: async () => (await import('./start.ts')).start,
  },
  {
    name: 'eod',
    summary: 'close an accounting date (日终), with progress and the report that ties every total',
    load: async () => (await import('./eod.ts')).eod,
  },
  {
    name: 'salaries',
    summary: 'pay a salary order (代发工资) from a CSV file, with a result for each line',
    load: async () => (await import('./salaries.ts')).salaries,
  },
  {
    name: 'verify',
    summary: 'whether a BPMN model is accepted and sound, and how it can go wrong',
    load: async () => (await import('./verify.ts')).verify,
  },
  {
    name: 'outline',
    summary: 'a BPMN process as an indented text',
    load: async () => (await import('./outline.ts')).outline,
  },
  {
    name: 'diff',
    summary: 'what changed between two versions of a BPMN process',
    load: async () => (await import('./diff.ts')).diff,
  },
  {
    name: 'deploy',
    summary: 'deploy a process folder; what can go wrong needs a named person to waive it',
    load: async () => (await import('./deploy.ts')).deploy,
  },
  {
    name: 'decide',
    summary: 'decide by a DMN file, check its tables, run its cases, take past decisions again',
    load: async () => (await import('./decide.ts')).decide,
  },
  {
    name: 'conformance',
    summary: 'run a published test suite',
    load: async () => (await import('./conformance.ts')).conformance,
  },
  {
    name: 'causes',
    summary: 'what goes with slow, repeated, declined or deviating cases of an event log',
    load: async () => (await import('./causes.ts')).causes,
  },
  {
    name: 'analyze',
    summary: 'how a process really ran, from its event log (XES or CSV)',
    load: async () => (await import('./analyze.ts')).analyze,
  },
  {
    name: 'rules',
    summary: 'which cases break the rules in a file: times, four eyes, order, counts',
    load: async () => (await import('./insight/rules.ts')).rules,
  },
  {
    name: 'kpi',
    summary: "the bank's indicators over a log, with targets, traffic lights, before and after",
    load: async () => (await import('./insight/kpi.ts')).kpi,
  },
  {
    name: 'people',
    summary: 'who hands work to whom, who works together, and what each person does',
    load: async () => (await import('./insight/people.ts')).people,
  },
  {
    name: 'predict',
    summary: 'remaining time, outcome and late cases, with the error on cases nobody had seen',
    load: async () => (await import('./insight/predict.ts')).predict,
  },
  {
    name: 'flow',
    summary: 'cases that come, go and are under way; hidden timers; whom cases wait for',
    load: async () => (await import('./insight/flow.ts')).flow,
  },
  {
    name: 'views',
    summary: 'flow process chart, blueprint, CRUD, RACI, approvals and repeated entry of a process',
    load: async () => (await import('./insight/views.ts')).views,
  },
  {
    name: 'align',
    summary: 'how well a log and a model agree, and where they do not',
    load: async () => (await import('./align.ts')).align,
  },
  {
    name: 'discover',
    summary: 'a sound BPMN model out of an event log',
    load: async () => (await import('./discover.ts')).discover,
  },
  {
    name: 'report',
    summary:
      'the diagnosis report of a log: as-is, bottlenecks, causes, risks, options, effect, plan',
    load: async () => (await import('./report.ts')).report,
  },
  {
    name: 'export-log',
    summary: "this bank's own event log as XES",
    load: async () => (await import('./export-log.ts')).exportLog,
  },
  {
    name: 'bench',
    summary: 'measure speed, beside a peer',
    load: async () => (await import('./bench.ts')).bench,
  },
  {
    name: 'doctor',
    summary: 'what this machine and this installation can and cannot do',
    load: async () => (await import('./doctor.ts')).doctor,
  },
  {
    name: 'oracle',
    summary: 'whether the books, the tasks and the events of a bank agree',
    load: async () => (await import('./oracle.ts')).oracle,
  },
  {
    name: 'rows',
    summary: 'which requirement rows the last test run proves',
    load: async () => (await import('./rows.ts')).rows,
  },
];
