import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { CaseAnswer } from '../../../src/contract/cases.ts';
import type { JsonValues } from '../../../src/contract/shapes.ts';
import { historyQuery } from '../../api/queries.ts';
import { useName } from '../../frame/session.ts';
import { Answer } from '../../parts/ask.tsx';
import { CustomerLink, valueText } from '../../parts/facts.tsx';
import type { HistoryLine } from '../../parts/history.tsx';
import { capitalsOf } from '../../parts/money.tsx';
import { instantOf } from '../../parts/time.ts';
import { Grid, Sheet } from './sheet.tsx';

const facts = [
  'productCode',
  'amountMinor',
  'termMonths',
  'ratePpm',
  'repaymentMethod',
  'creditProtection',
  'creditRating',
  'purpose',
  'repaymentSource',
] as const;

/** Which value holds the opinion written with an activity, and which its decision. */
const writtenAt: Readonly<Record<string, readonly string[]>> = {
  eligibility_review: ['eligibilityOpinion'],
  first_review: ['firstReviewDecision', 'firstReviewOpinion'],
  write_report: ['investigationReport'],
  sign_manager: ['managerSignature', 'managerOpinion'],
  sign_risk: ['riskSignature', 'riskOpinion'],
  assess_credit_line: ['creditOpinion'],
  approve_credit_line: ['creditLineDecision', 'creditLineOpinion'],
  independent_review: ['independentDecision', 'independentOpinion'],
  ask_reconsideration: ['reconsiderationDecision', 'newGrounds'],
  authorised_approval: ['approvalDecision', 'approvalConditions', 'approvalOpinion'],
  approve_disbursement: ['disbursementDecision', 'disbursementOpinion'],
};

/** 审批表: the application and every opinion in its order, with who wrote it and when. */
export function ApprovalForm({ found }: { found: CaseAnswer }) {
  const { t } = useTranslation();
  const { values } = found;
  const customerNumber = values['customerNumber'];
  const amountMinor = values['amountMinor'];
  const capitals = typeof amountMinor === 'string' ? capitalsOf(BigInt(amountMinor), 'CNY') : null;
  return (
    <Sheet title={t('print.approval')} number={found.caseNumber}>
      <Grid
        pairs={[
          [
            t('value.applicant'),
            typeof customerNumber === 'string' && <CustomerLink customerNumber={customerNumber} />,
          ],
          [t('value.customerNumber'), String(customerNumber ?? '–')],
          ...facts.map((name) => [t(`value.${name}`), valueText(name, values[name])] as const),
          [t('print.capitals'), capitals],
        ]}
      />
      <Opinions found={found} />
    </Sheet>
  );
}

/** Only what a person wrote or signed belongs on the form, not what a machine did between. */
function isOpinion({ element }: HistoryLine): boolean {
  return element === 'vote' || Object.hasOwn(writtenAt, element ?? '');
}

/** What this line's performer wrote; of the votes the performer's own. */
function writtenBy(
  line: HistoryLine,
  values: JsonValues,
  isReconsidered: boolean,
): readonly string[] {
  if (line.element !== 'vote') {
    return (writtenAt[line.element ?? ''] ?? []).map((name) => valueText(name, values[name]));
  }
  const given = values[isReconsidered ? 'earlierVotes' : 'votes'];
  const votes = Array.isArray(given) ? (given as JsonValues[]) : [];
  const own = votes.find((vote) => vote['member'] === line.performer);
  return own === undefined
    ? []
    : [valueText('vote', own['vote']), valueText('opinion', own['opinion'])];
}

/** A vote that was taken before the committee was asked to reconsider. */
function isReconsidered(
  line: HistoryLine,
  lines: readonly HistoryLine[],
  values: JsonValues,
): boolean {
  if (line.element !== 'vote' || values['reconsiderationDecision'] !== 'ask') return false;
  const asked = lines.findIndex(
    ({ element, event }) => element === 'ask_reconsideration' && event === 'activity_completed',
  );
  return lines.indexOf(line) < asked;
}

function Opinions({ found }: { found: CaseAnswer }) {
  const { t } = useTranslation();
  const name = useName();
  const history = useQuery(historyQuery(found.caseNumber));
  return (
    <Answer of={history}>
      {({ lines }) => (
        <table className="boxed">
          <thead>
            <tr>
              <th>{t('task.name')}</th>
              <th>{t('print.opinion')}</th>
              <th>{t('print.signature')}</th>
            </tr>
          </thead>
          <tbody>
            {lines
              .filter((line) => line.event === 'activity_completed' && isOpinion(line))
              .map((line) => (
                <tr key={`${line.element} ${line.at} ${line.performer}`}>
                  <td>{name(line)}</td>
                  <td className="pre">
                    {writtenBy(line, found.values, isReconsidered(line, lines, found.values))
                      .filter((text) => text !== '')
                      .join('\n')}
                  </td>
                  <td className="nowrap">
                    {line.performerName}
                    <br />
                    {instantOf(line.at)}
                  </td>
                </tr>
              ))}
          </tbody>
        </table>
      )}
    </Answer>
  );
}
