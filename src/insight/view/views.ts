import type { Bilingual } from '../../contract/shapes.ts';
import type { Instances } from '../instances.ts';
import { type ApprovalFacts, approvalsOf } from './approvals.ts';
import { type Blueprint, blueprint } from './blueprint.ts';
import { type CrudMatrix, crudMatrix } from './crud.ts';
import {
  type ModelWarning,
  modelWarnings,
  type RepeatedEntry,
  repeatedEntries,
} from './findings.ts';
import { type FlowChart, flowChart } from './flow-chart.ts';
import { factsOf } from './log-facts.ts';
import { type Raci, raciOf } from './raci.ts';
import { type StepKind, stepsOf, type ViewModel } from './steps.ts';

/** A step as a reader of the views sees it, with what a log says of it. */
export type ViewStep = {
  readonly id: string;
  readonly name: Bilingual;
  readonly kind: StepKind;
  readonly type: string;
  readonly role: string | null;
  readonly lane: string | null;
  readonly tool: string | null;
  readonly form: Bilingual | null;
  readonly dueIn: string | null;
  readonly documentation: string | null;
  readonly riskPoint: string | null;
  readonly control: string | null;
  readonly executions: number | null;
  readonly handlingMean: number | null;
  readonly waitMean: number | null;
};

/** All views of a process that its requirements ask for. */
export type RequirementViews = {
  readonly processId: string;
  readonly steps: readonly ViewStep[];
  readonly flowChart: FlowChart;
  readonly blueprint: Blueprint;
  readonly crud: CrudMatrix;
  readonly raci: Raci;
  readonly approvals: readonly ApprovalFacts[];
  readonly repeatedEntries: readonly RepeatedEntry[];
  readonly warnings: readonly ModelWarning[];
};

/**
 * The requirement views of a process: its steps, flow process chart, service blueprint, matrix of
 * data by step, responsibilities, approvals, repeated entries and what the model does not say.
 * Without a log, what only one can tell is null.
 */
export function requirementViews(model: ViewModel, work: Instances | null): RequirementViews {
  const steps = stepsOf(model);
  const facts = work === null ? null : factsOf(work, steps);
  return {
    processId: model.program.processId,
    steps: steps.map((step): ViewStep => {
      const { id, name, kind, type, role, lane, tool, dueIn, documentation, attributes } = step;
      const fact = facts?.get(id);
      return {
        ...{ id, name, kind, type, role, lane, tool, dueIn, documentation },
        form: step.form?.name ?? null,
        riskPoint: attributes.riskPoint ?? null,
        control: attributes.control ?? null,
        executions: facts === null ? null : (fact?.executions ?? 0),
        handlingMean: fact?.handlingMean ?? null,
        waitMean: fact?.waitMean ?? null,
      };
    }),
    flowChart: flowChart(steps, facts),
    blueprint: blueprint(model.program, steps),
    crud: crudMatrix(model, steps),
    raci: raciOf(model, steps),
    approvals: approvalsOf(model, steps, work),
    repeatedEntries: repeatedEntries(steps),
    warnings: modelWarnings(model, steps),
  };
}
