import { ok, type Result, refuse } from '../../base/result.ts';

/**
 * What a process costs and brings in over a sample (流程资本). Amounts are minor units of one
 * currency over all its cases; null: nobody says.
 */
export type ProcessMoney = {
  readonly process: string;
  readonly cases: number;
  readonly currency: string;
  readonly costMinor: bigint | null;
  readonly incomeMinor: bigint | null;
  readonly errorLossMinor: bigint | null;
};

/** `missing`: what keeps the value from being told. Per case: rounded half up, away from zero. */
export type ProcessCapital = ProcessMoney & {
  readonly valueMinor: bigint | null;
  readonly valuePerCaseMinor: bigint | null;
  readonly costPerCaseMinor: bigint | null;
  readonly missing: readonly ('cost' | 'income' | 'error_loss')[];
};

/** Value of each process: income less cost and the loss from errors; the most valuable first. */
export function processCapital(processes: readonly ProcessMoney[]): readonly ProcessCapital[] {
  const told = processes.map((each): ProcessCapital => {
    const { costMinor: cost, incomeMinor: income, errorLossMinor: loss, cases } = each;
    const missing = [
      ...(cost === null ? (['cost'] as const) : []),
      ...(income === null ? (['income'] as const) : []),
      ...(loss === null ? (['error_loss'] as const) : []),
    ];
    const isTold = cost !== null && income !== null && loss !== null;
    const valueMinor = isTold ? income - cost - loss : null;
    const perCase = (minor: bigint | null) =>
      minor === null || cases === 0 ? null : halfUp(minor, BigInt(cases));
    return {
      ...{ ...each, valueMinor, missing },
      ...{ valuePerCaseMinor: perCase(valueMinor), costPerCaseMinor: perCase(cost) },
    };
  });
  const rank = ({ valueMinor }: ProcessCapital) => valueMinor ?? -(10n ** 30n);
  return told.sort((a, b) => (rank(a) === rank(b) ? 0 : rank(a) > rank(b) ? -1 : 1));
}

function halfUp(minor: bigint, cases: bigint): bigint {
  const size = minor < 0n ? -minor : minor;
  const rounded = (2n * size + cases) / (2n * cases);
  return minor < 0n ? -rounded : rounded;
}

const members = ['currency', 'costMinor', 'incomeMinor', 'errorLossMinor'] as const;

/**
 * The money of a process as written in a file: { currency, costMinor, incomeMinor,
 * errorLossMinor }, amounts as digits in strings; what is left out is not told.
 * Refused: process_money_not_read.
 */
export function processMoneyOf(
  file: unknown,
  process: string,
  cases: number,
): Result<ProcessMoney, 'process_money_not_read'> {
  const no = (place: string) => refuse('process_money_not_read', { place: place.slice(0, 100) });
  if (typeof file !== 'object' || file === null || Array.isArray(file)) return no('{}');
  const given = file as Readonly<Record<string, unknown>>;
  const unknown = Object.keys(given).find((key) => !members.some((each) => each === key));
  if (unknown !== undefined) return no(unknown);
  const { currency } = given;
  if (typeof currency !== 'string' || !/^[A-Z]{3}$/.test(currency)) return no('currency');
  const minor = (name: (typeof members)[number]): bigint | null | undefined => {
    const text = given[name];
    if (text === undefined) return null;
    return typeof text === 'string' && /^(0|-?[1-9]\d{0,17})$/.test(text)
      ? BigInt(text)
      : undefined;
  };
  const [costMinor, incomeMinor] = [minor('costMinor'), minor('incomeMinor')];
  const errorLossMinor = minor('errorLossMinor');
  if (costMinor === undefined) return no('costMinor');
  if (incomeMinor === undefined) return no('incomeMinor');
  if (errorLossMinor === undefined) return no('errorLossMinor');
  return ok({ process, cases, currency, costMinor, incomeMinor, errorLossMinor });
}
