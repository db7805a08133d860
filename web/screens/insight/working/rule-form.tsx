import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

/** A rule as the address and the route carry it (src/insight/rule). */
export type RuleText = {
  readonly id: string;
  readonly kind: string;
  readonly first?: string;
  readonly second?: string;
  readonly activity?: string;
  readonly times?: number;
  readonly withinHours?: number;
};

/** What each kind asks for: two activities, one, or none; hours, or how often. */
export const ruleKinds = {
  four_eyes: { activities: 2, number: null },
  response: { activities: 2, number: 'hours' },
  precedence: { activities: 2, number: null },
  not_coexistence: { activities: 2, number: null },
  existence: { activities: 1, number: 'times' },
  absence: { activities: 1, number: null },
  exactly: { activities: 1, number: 'times' },
  duration: { activities: 0, number: 'hours' },
} as const;
type Kind = keyof typeof ruleKinds;

function isKind(text: string): text is Kind {
  return Object.hasOwn(ruleKinds, text);
}

/** A new rule, chosen from what the log has. */
export function RuleForm({
  activities,
  taken,
  add,
}: {
  activities: readonly string[];
  taken: readonly string[];
  add: (rule: RuleText) => void;
}) {
  const { t } = useTranslation();
  const [kind, setKind] = useState<Kind>('four_eyes');
  const [first, setFirst] = useState(activities[0] ?? '');
  const [second, setSecond] = useState(activities[1] ?? activities[0] ?? '');
  const [number, setNumber] = useState('8');
  const asks = ruleKinds[kind];
  const value = Number(number);
  const words = { first, second, number };
  const id = t(`insightRules.said.${kind}`, words);
  const fits = asks.number === null || (value > 0 && (asks.number === 'hours' || value % 1 === 0));
  const submit = () => {
    const named =
      asks.activities === 2 ? { first, second } : asks.activities === 1 ? { activity: first } : {};
    const counted =
      asks.number === 'hours' ? { withinHours: value } : asks.number ? { times: value } : {};
    add({ id, kind, ...named, ...counted });
  };
  return (
    <form
      className="rule-form"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <KindChoice kind={kind} change={setKind} />
      {asks.activities > 0 && (
        <Activity
          label={t('insightRules.first')}
          {...{ activities, value: first, change: setFirst }}
        />
      )}
      {asks.activities > 1 && (
        <Activity
          label={t('insightRules.second')}
          {...{ activities, value: second, change: setSecond }}
        />
      )}
      {asks.number !== null && (
        <label>
          {t(`insightRules.${asks.number}`)}
          <input
            className="field-box"
            inputMode="decimal"
            size={6}
            value={number}
            onChange={({ target }) => setNumber(target.value)}
          />
        </label>
      )}
      <Button htmlType="submit" disabled={!fits || taken.includes(id)}>
        {t('insightRules.add')}
      </Button>
    </form>
  );
}

function KindChoice({ kind, change }: { kind: Kind; change: (kind: Kind) => void }) {
  const { t } = useTranslation();
  return (
    <label>
      {t('insightRules.kind')}
      <select
        className="field-box"
        value={kind}
        onChange={({ target }) => isKind(target.value) && change(target.value)}
      >
        {Object.keys(ruleKinds).map((each) => (
          <option key={each} value={each}>
            {t(`insightRules.kinds.${each}`)}
          </option>
        ))}
      </select>
    </label>
  );
}

function Activity({
  label,
  activities,
  value,
  change,
}: {
  label: string;
  activities: readonly string[];
  value: string;
  change: (activity: string) => void;
}) {
  return (
    <label>
      {label}
      <select className="field-box" value={value} onChange={({ target }) => change(target.value)}>
        {activities.map((activity) => (
          <option key={activity}>{activity}</option>
        ))}
      </select>
    </label>
  );
}
