/** Which codes each command may be refused with. `step` holds itself to this table. */
import type { StepRefusal } from './run/run.ts';
import type { Command } from './types.ts';

const over = 'instance_not_active';

/** What each command itself may be refused with. */
export const ownRefusals: { readonly [Type in Command['type']]: readonly StepRefusal[] } = {
  start: ['instance_already_started', 'start_element_unknown'],
  start_child: ['instance_already_started', 'start_element_unknown'],
  complete_activity: [over, 'activity_not_active', 'signers_pending', 'children_fixed'],
  fail_activity: [over, 'activity_not_active'],
  escalate_activity: [over, 'activity_not_active'],
  fire_timer: [over, 'timer_not_active'],
  deliver_message: [over, 'subscription_not_active'],
  deliver_signal: [over, 'subscription_not_active'],
  change_data: [over],
  start_ad_hoc: [over, 'ad_hoc_element_unknown'],
  return_to: [
    over,
    'activity_not_active',
    'signer_may_not_return',
    'return_target_unknown',
    'return_target_not_passed',
    'return_over_final_step',
    'straight_back_not_possible',
  ],
  recall: [over, 'recall_too_late', 'recall_not_possible', 'return_over_final_step'],
  add_signer: [over, 'activity_not_active', 'signers_pending', 'children_fixed'],
  remove_signer: [over, 'activity_not_active', 'children_fixed'],
  add_child: [over, 'activity_not_active', 'children_fixed'],
  remove_child: [over, 'activity_not_active', 'children_fixed'],
  report_children: [over, 'activity_not_active'],
  withdraw: [over, 'return_over_final_step'],
  terminate: [over],
  call_off: [over],
};

/** What may refuse any command, by what the model does after it. */
export const followingRefusals: readonly StepRefusal[] = [
  'no_flow_taken',
  'condition_not_boolean',
  'collection_not_list',
  'loop_count_invalid',
  'timer_value_invalid',
  'step_limit_reached',
];

/** Whether a command may be refused with a code. */
export function mayRefuse(command: Command, code: StepRefusal): boolean {
  return ownRefusals[command.type].includes(code) || followingRefusals.includes(code);
}
