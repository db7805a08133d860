import { Link } from 'react-router';
import type { Stack } from './asked.ts';

/** The name of a case: a door to its page, when it is one of the bank's own. */
export function CaseName({ caseNumber, stack }: { caseNumber: string; stack: Stack }) {
  if (stack.asked.log !== '') return caseNumber;
  return <Link to={`/cases/${caseNumber}`}>{caseNumber}</Link>;
}
