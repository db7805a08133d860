import type { SalaryLineAnswer, SalaryOrderAnswer } from '../../../src/contract/salary/orders.ts';
import type { StatusKind } from '../../parts/status.tsx';

export const orderKind: Readonly<Record<SalaryOrderAnswer['status'], StatusKind>> = {
  waiting: 'second',
  authorised: 'done',
  declined: 'bad',
};

export const lineKind: Readonly<Record<SalaryLineAnswer['status'], StatusKind>> = {
  waiting: 'wait',
  paid: 'done',
  refused: 'bad',
};
