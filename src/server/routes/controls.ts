import { refuse } from '../../base/result.ts';
import {
  type Control,
  controlsAnswer,
  controlsQuery,
  standingControlsAnswer,
  standingControlsQuery,
} from '../../contract/controls.ts';
import { refusalShape } from '../../contract/refusal.ts';
import { findAccount } from '../../store/ledger/accounts.ts';
import {
  listStandingControls,
  readStandingControls,
  type StandingControl,
} from '../../store/ledger/control/standing.ts';
import { readCustomer } from '../../store/people/customers.ts';
import type { Person } from '../../store/people/sessions.ts';
import type { ServerContext } from '../context.ts';
import { signedIn, unitsInScope } from '../guard/sessions.ts';
import { maySeeAccount } from '../shape/account-answers.ts';
import { sendRefusal } from '../shape/answers.ts';
import type { App } from '../typed-app.ts';

const refusals = { '4xx': refusalShape, '5xx': refusalShape };

type Whose = { readonly accountNumber: string | null; readonly customerNumber: string | null };

/** What holds, freezes or narrows accounts; staff alone, because an order may be confidential. */
export function controlRoutes(app: App, context: ServerContext): void {
  app.get(
    '/api/controls',
    {
      config: { permission: 'view_accounts' },
      schema: {
        summary: 'Holds, restrictions and waiting freezes of an account or of a customer',
        tags: ['accounts'],
        querystring: controlsQuery,
        response: { 200: controlsAnswer, ...refusals },
      },
    },
    async (request, reply) => {
      const { accountNumber = null, customerNumber = null } = request.query;
      const whose = { accountNumber, customerNumber };
      if (!(await maySee(context, signedIn(request).person, whose))) {
        return sendRefusal(reply, refuse('not_found'));
      }
      const { cellId } = context.settings;
      const controls = await readStandingControls(context.database, { cellId, ...whose });
      return { controls: controls.map(controlAnswer) };
    },
  );
  standingRoute(app, context);
}

function standingRoute(app: App, context: ServerContext): void {
  app.get(
    '/api/controls/standing',
    {
      config: { permission: 'view_accounts' },
      schema: {
        summary: 'What stands or waits on the accounts of my units, the soonest end first',
        tags: ['accounts'],
        querystring: standingControlsQuery,
        response: { 200: standingControlsAnswer, ...refusals },
      },
    },
    async (request) => {
      const { kind = null, limit, offset } = request.query;
      const units = await unitsInScope(context, signedIn(request).person, 'view_accounts');
      const { cellId } = context.settings;
      const wanted = { cellId, units, kind, limit, offset };
      const found = await listStandingControls(context.database, wanted);
      return { controls: found.controls.map(controlAnswer), total: found.total };
    },
  );
}

/** A control as the client reads it. */
export function controlAnswer(control: StandingControl): Control {
  return { ...control, amountMinor: control.amountMinor?.toString() ?? null };
}

/** Whether the account or the customer lies within the person's scope; neither given: no. */
async function maySee(context: ServerContext, person: Person, whose: Whose): Promise<boolean> {
  const { database, settings } = context;
  if (whose.accountNumber !== null) {
    const account = await findAccount(database, settings.cellId, whose.accountNumber);
    return account !== null && (await maySeeAccount(context, person, account));
  }
  if (whose.customerNumber === null) return false;
  const customer = await readCustomer(database, settings.cellId, whose.customerNumber);
  const units = await unitsInScope(context, person, 'view_accounts');
  return customer !== null && units.includes(customer.unitCode);
}
