import { addMonths } from '../../base/dates.ts';
import { formatAmount } from '../../base/money.ts';
import { ok, refuse } from '../../base/result.ts';
import { amountOf, recordOf, textOf, wholeOf } from '../../ledger/operation-values.ts';
import type { OperationInput, ServiceOperation } from '../../ledger/service-operation.ts';
import { productOf, products } from './product.ts';

const validMonths = { kind: 'parameter', name: 'wealth.assessment_months' } as const;

/** Questions of the assessment, each answered by 1 (least risk) to 5 points. */
const questions = ['riskAge', 'riskIncome', 'riskExperience', 'riskHorizon', 'riskLoss'] as const;

/**
 * Adds up a risk assessment (风险测评). Values: riskAge, riskIncome, riskExperience, riskHorizon,
 * riskLoss, each '1' to '5'. Answers riskScore, which the table of grades is asked with.
 */
export const scoreAssessment: ServiceOperation = {
  name: 'wealth.score',
  needs: () => ({}),
  decide({ values }) {
    let riskScore = 0n;
    for (const question of questions) {
      const points = textOf(values, question);
      if (!points.ok) return points;
      if (!/^[1-5]$/.test(points.value)) return refuse('value_of_other_kind', { name: question });
      riskScore += BigInt(points.value);
    }
    return ok({ values: { riskScore }, postings: [], records: [] });
  },
};

/**
 * Keeps the grade of an assessment: good for `wealth.assessment_months`, 12 in the demo bank.
 * Values: customerNumber, riskScore, suitabilityGrade (C1 to C5). Answers validTo, the first day
 * on which it is good no more.
 */
export const recordAssessment: ServiceOperation = {
  name: 'wealth.record_assessment',
  needs: () => ({ validMonths }),
  decide({ values, context }, facts) {
    const customerNumber = textOf(values, 'customerNumber');
    if (!customerNumber.ok) return customerNumber;
    const grade = textOf(values, 'suitabilityGrade');
    if (!grade.ok) return grade;
    const score = wholeOf(values, 'riskScore');
    if (!score.ok) return score;
    if (typeof facts.validMonths !== 'bigint') {
      return refuse('parameter_missing', { name: validMonths.name });
    }
    const validTo = addMonths(context.accountingDate, Number(facts.validMonths));
    const assessment = {
      ...{ customerNumber: customerNumber.value, grade: grade.value, score: score.value, validTo },
    };
    const records = [{ kind: 'wealth_assessment', values: assessment }] as const;
    return ok({ values: { validTo }, postings: [], records });
  },
};

/**
 * Looks at a subscription: the product is on sale, the amount is enough, and the customer's own
 * assessment is in force. Values: customerNumber, productCode, accountNumber, amountMinor. Answers
 * productRisk and customerGrade, which the table of suitability is asked with. Refused: no
 * assessment, one that is over (a year after it was made), an account of somebody else.
 */
export const checkSubscription: ServiceOperation = {
  name: 'wealth.check_subscription',
  needs: ({ values }: OperationInput) => ({
    products,
    account: { kind: 'account_balance', accountNumber: String(values.accountNumber ?? '') },
    assessment: { kind: 'wealth_assessment', customerNumber: String(values.customerNumber ?? '') },
  }),
  decide({ values, context }, facts) {
    const productCode = textOf(values, 'productCode');
    if (!productCode.ok) return productCode;
    const amount = amountOf(values, 'amountMinor');
    if (!amount.ok) return amount;
    const product = productOf(facts, productCode.value);
    if (!product.ok) return product;
    const { risk, currency, minimumMinor, offeredFrom, offeredTo } = product.value;
    const today = context.accountingDate;
    if (today < offeredFrom || today > offeredTo) {
      return refuse('wealth_product_not_offered', { product: productCode.value });
    }
    if (amount.value < minimumMinor) {
      return refuse('wealth_below_minimum', { minimum: formatAmount(minimumMinor, currency) });
    }
    const account = recordOf(facts, 'account');
    const accountNumber = String(values.accountNumber ?? '');
    if (account === null) return refuse('account_unknown', { account: accountNumber });
    const isOwn = account.customerNumber === values.customerNumber;
    if (!isOwn || account.currency !== currency) {
      return refuse('wealth_account_not_fit', { account: accountNumber });
    }
    const assessment = recordOf(facts, 'assessment');
    if (assessment === null) return refuse('wealth_assessment_missing');
    const validTo = String(assessment.validTo);
    if (today >= validTo) return refuse('wealth_assessment_expired', { date: validTo });
    const asked = { productRisk: risk, customerGrade: assessment.grade ?? '', currency };
    return ok({ values: asked, postings: [], records: [] });
  },
};
