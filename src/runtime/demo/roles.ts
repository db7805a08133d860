import type { Role, StaffPosition } from '../../store/people/employees.ts';

const work = ['work_tasks', 'view_cases', 'view_processes', 'view_ledger'];
const credit = [...work, 'view_decisions', 'view_customers', 'view_accounts'];
/** Those who answer for a process, its risks or its results. */
const answering = [...credit, 'view_insight'];
const counter = [...work, 'view_customers', 'view_accounts'];
const operations = [...counter, 'run_end_of_day'];
const audit = [...answering, 'view_personal_data', 'view_audit'].filter(
  (permission) => permission !== 'work_tasks',
);

/** Roles as the lanes of the processes name them, with what each may do in the software. */
export const demoRoles: readonly Role[] = [
  role('customer', '客户', 'Customer', ['work_tasks']),
  role('customer_manager', '客户经理', 'Customer manager', [...credit, 'start_for_customer']),
  role('risk_manager', '风险经理', 'Risk manager', answering),
  role('committee_member', '审贷会委员', 'Credit committee member', credit),
  role('independent_approver', '独立审批人', 'Independent approver', credit),
  role('authorised_approver', '有权审批人', 'Authorised approver', answering),
  role('branch_credit_officer', '分行授信审查员', 'Branch credit officer', credit),
  role('branch_credit_head', '分行授信审批人', 'Branch credit head', answering),
  role('branch_risk_officer', '分行风险管理员', 'Branch risk officer', answering),
  role('seal_keeper', '印章保管员', 'Seal keeper', work),
  role('disbursement_checker', '放款审核员', 'Disbursement checker', counter),
  role('disbursement_officer', '放款员', 'Disbursement officer', counter),
  role('supervisor', '运营主管', 'Supervisor', [...counter, 'authorise_salaries']),
  role('teller', '柜员', 'Teller', [...counter, 'start_for_customer', 'order_salaries']),
  role('accountant', '会计', 'Accountant', operations),
  role('fx_dealer', '外汇交易员', 'FX dealer', counter),
  role('auditor', '稽核员', 'Auditor', audit),
  role('process_owner', '流程责任人', 'Process owner', [
    ...[...work, 'view_decisions', 'draft_decisions', 'view_insight', 'manage_indicators'],
    'draft_products',
  ]),
  role('credit_policy_head', '授信政策负责人', 'Head of credit policy', [
    ...[...work, 'view_decisions', 'draft_decisions', 'approve_decisions', 'view_insight'],
    ...['draft_products', 'approve_products'],
  ]),
];

function role(roleCode: string, name: string, nameEn: string, permissions: string[]): Role {
  return { roleCode, name, nameEn, permissions };
}

/**
 * Who proposes, investigates, decides and pays out must be different persons (审贷分离); the
 * president has no seat on the committee; who authorises at the counter is not who is authorised.
 */
const keptApart: readonly (readonly string[])[] = [
  ['customer_manager', 'risk_manager', 'committee_member', 'authorised_approver'],
  ['branch_credit_officer', 'branch_credit_head', 'branch_risk_officer'],
  ['disbursement_checker', 'disbursement_officer', 'accountant'],
  ['seal_keeper', 'teller'],
  ['supervisor', 'teller'],
];

/** Pairs no person may hold at once; audit goes with nothing else. */
export const demoRoleConflicts: readonly (readonly [string, string])[] = [
  ...keptApart.flatMap((group) =>
    group.flatMap((first, index) =>
      group.slice(index + 1).map((second) => [first, second] as const),
    ),
  ),
  ...demoRoles
    .map(({ roleCode }) => roleCode)
    .filter((roleCode) => roleCode !== 'auditor' && roleCode !== 'customer')
    .map((roleCode) => ['auditor', roleCode] as const),
];

/** Seats of the bank; months are the longest time one person keeps it (岗位轮换). */
export const demoStaffPositions: readonly StaffPosition[] = [
  seat('customer_manager', '对公客户经理', 'Corporate customer manager', 36),
  seat('risk_manager', '风险经理', 'Risk manager', 36),
  seat('committee_member', '审贷会委员', 'Credit committee member', null),
  seat('independent_approver', '独立审批人', 'Independent approver', 36),
  seat('authorised_approver', '支行行长', 'Sub-branch president', 60),
  seat('branch_credit_officer', '授信审查员', 'Credit officer', 36),
  seat('branch_credit_head', '授信部总经理', 'Head of credit', 60),
  seat('branch_risk_officer', '风险管理部放款审批员', 'Risk department officer', 36),
  {
    ...{ positionCode: 'supervisor', name: '运营主管', nameEn: 'Operations supervisor' },
    ...{ roleCodes: ['supervisor', 'seal_keeper'], monthsMax: 24 },
  },
  seat('teller', '综合柜员', 'Teller', 36),
  seat('disbursement_checker', '放款审核岗', 'Disbursement checker', 36),
  seat('disbursement_officer', '放款岗', 'Disbursement officer', 36),
  seat('accountant', '总行会计岗', 'Head office accountant', 36),
  seat('fx_dealer', '外汇交易员', 'FX dealer', 36),
  seat('auditor', '稽核员', 'Auditor', null),
  seat('process_owner', '公司信贷流程责任人', 'Owner of the corporate loan process', null),
  seat('credit_policy_head', '总行授信审批部总经理', 'Head of credit policy', 60),
];

function seat(code: string, name: string, nameEn: string, monthsMax: number | null): StaffPosition {
  return { positionCode: code, name, nameEn, roleCodes: [code], monthsMax };
}
