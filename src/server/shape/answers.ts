import type { FastifyReply } from 'fastify';
import type { Refusal } from '../../base/result.ts';
import type { RefusalAnswer } from '../../contract/refusal.ts';
import { refusalText } from '../../contract/refusals/index.ts';

/** HTTP status of refusals that are not simply 422 (understood, but not carried out). */
const statusOfCode: ReadonlyMap<string, number> = new Map([
  ['sign_in_refused', 401],
  ['not_signed_in', 401],
  ['login_locked', 423],
  ['too_many_sign_ins', 429],
  ['too_many_streams', 429],
  ['origin_not_allowed', 403],
  ['not_permitted', 403],
  ['not_found', 404],
  ['route_not_found', 404],
  ['request_not_valid', 400],
  ['json_not_valid', 400],
  ['values_not_json', 400],
  ['values_not_an_object', 400],
  ['values_too_deep', 400],
  ['idempotency_key_not_valid', 400],
  ['media_type_not_supported', 415],
  ['body_too_large', 413],
  ['not_a_candidate', 403],
  ['must_be_another_person', 403],
  ['decision_drafter_may_not_approve', 403],
  ['decision_only_drafter_withdraws', 403],
  ['decision_version_unknown', 404],
  ['product_unknown', 404],
  ['product_change_unknown', 404],
  ['product_change_closed', 409],
  ['product_day_taken', 409],
  ['product_changed_meanwhile', 409],
  ['product_drafter_may_not_decide', 403],
  ['product_only_drafter_withdraws', 403],
  ['decision_version_closed', 409],
  ['idempotency_key_used_otherwise', 409],
  ['task_held_by_another', 409],
  ['task_not_open', 409],
  ['task_is_delegated', 409],
  ['task_not_delegated', 409],
  ['signers_pending', 409],
  ['signer_already', 409],
  ['signer_has_signed', 409],
  ['recall_too_late', 409],
  ['recall_opened', 409],
  ['signer_may_not', 403],
  ['person_kept_apart', 403],
  ['not_a_participant', 403],
  ['not_a_terminator', 403],
  ['urged_too_often', 429],
  ['already_signed_on', 409],
  ['not_signed_on', 409],
  ['insight_busy', 429],
  ['insight_log_unknown', 404],
  ['insight_log_not_yours', 403],
  ['insight_upload_too_large', 413],
  ['insight_stopped', 503],
  ['database_unavailable', 503],
  ['database_busy', 503],
  ['internal_error', 500],
]);

/** The HTTP status of a refusal. */
export function statusOf(code: string): number {
  return statusOfCode.get(code) ?? 422;
}

/** What facts of a refusal are called in each language, such as the name of a task for its id. */
export type FactNames = {
  readonly 'zh-CN': Readonly<Record<string, string>>;
  readonly en: Readonly<Record<string, string>>;
};

/**
 * A refusal as the client reads it: its words use the names, its facts stay as they are.
 * `reference` is the request's id.
 */
export function refusalAnswer(
  refusal: Refusal,
  reference: string,
  names?: FactNames,
): RefusalAnswer {
  const facts = { ...refusal.facts, reference };
  return {
    code: refusal.code,
    message: {
      'zh-CN': refusalText(refusal.code, 'zh-CN', { ...facts, ...names?.['zh-CN'] }),
      en: refusalText(refusal.code, 'en', { ...facts, ...names?.en }),
    },
    facts: refusal.facts,
    reference,
  };
}

/**
 * Ends a request with a refusal. A handler may write `return sendRefusal(reply, refusal)`: the type
 * says nothing is returned, because the answer is sent already.
 */
export function sendRefusal(reply: FastifyReply, refusal: Refusal, names?: FactNames): never {
  void reply
    .code(statusOf(refusal.code))
    .header('content-type', 'application/json; charset=utf-8')
    .serializer(JSON.stringify)
    .send(refusalAnswer(refusal, reply.request.id, names));
  return reply as never;
}
