import { refuse } from '../../base/result.ts';
import { caseParams } from '../../contract/cases.ts';
import { printAnswer, printRequest } from '../../contract/prints.ts';
import { refusalShape } from '../../contract/refusal.ts';
import { printPaper } from '../../runtime/paper/prints.ts';
import type { ServerContext } from '../context.ts';
import { actorOf, keyOf } from '../guard/actors.ts';
import { seenCase } from '../guard/case-access.ts';
import { signedIn } from '../guard/sessions.ts';
import { sendRefusal } from '../shape/answers.ts';
import type { App } from '../typed-app.ts';

const refusals = { '4xx': refusalShape, '5xx': refusalShape };

/** Printing a paper of a case: a recorded act of the staff who may see the case. */
export function printRoutes(app: App, context: ServerContext): void {
  app.post(
    '/api/cases/:caseNumber/prints',
    {
      schema: {
        summary: 'Register a printing of a paper (staff); from the second on it is a copy (副本)',
        ...{ tags: ['cases'], params: caseParams, body: printRequest },
        response: { 200: printAnswer, ...refusals },
      },
    },
    async (request, reply) => {
      const { person } = signedIn(request);
      const { caseNumber } = request.params;
      const { paper } = request.body;
      const key = keyOf(request);
      if (!key.ok) return sendRefusal(reply, key);
      const seen = await seenCase(context, person, caseNumber);
      if (!seen.ok) return sendRefusal(reply, seen);
      // A customer may see the case, but the bank's papers are printed by its staff.
      if (person.kind === 'customer') return sendRefusal(reply, refuse('not_permitted'));
      const order = { actor: actorOf(person), key: key.value, caseNumber, paper };
      const printed = await printPaper(context.runtime.parts, order);
      if (!printed.ok) return sendRefusal(reply, printed);
      context.changed();
      return printed.value;
    },
  );
}
