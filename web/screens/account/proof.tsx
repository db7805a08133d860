import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isCalendarDate } from '../../../src/base/dates.ts';
import type { Account } from '../../../src/contract/accounts.ts';
import { type BalanceProof as Proof, proofQuery } from '../../api/ledger.ts';
import { useSession } from '../../frame/session.ts';
import { Answer } from '../../parts/ask.tsx';
import { DateInput } from '../../parts/form/inputs.tsx';
import { Amount } from '../../parts/money.tsx';
import { Scroll } from '../../parts/scroll.tsx';
import { Status } from '../../parts/status.tsx';

/** How the balance of a date comes about: what a closed day kept, and every entry since. */
export function BalanceProof({ account }: { account: Account }) {
  const { t } = useTranslation();
  const today = useSession().accountingDate ?? '';
  const [typed, setTyped] = useState(today);
  const [date, setDate] = useState(today);
  const [since, setSince] = useState('');
  const [typedSince, setTypedSince] = useState('');
  const { accountNumber } = account;
  const proof = useQuery(proofQuery({ accountNumber, date, since }));
  const show = () => {
    if (isCalendarDate(typed)) setDate(typed);
    setSince(isCalendarDate(typedSince) ? typedSince : '');
  };
  return (
    <section className="pane" aria-label={t('proof.title')}>
      <h2>{t('proof.title')}</h2>
      <search className="filters">
        <label htmlFor="proof-date">
          {t('proof.date')}
          <DateInput id="proof-date" value={typed} onChange={setTyped} onSettle={show} />
        </label>
        <label htmlFor="proof-since">
          {t('proof.since')}
          <DateInput id="proof-since" value={typedSince} onChange={setTypedSince} onSettle={show} />
        </label>
      </search>
      <Answer of={proof}>{(data) => <Sum proof={data} currency={account.currency} />}</Answer>
    </section>
  );
}

function Sum({ proof, currency }: { proof: Proof; currency: string }) {
  const { t } = useTranslation();
  const { snapshotDate, entries, chainBreaks, date } = proof;
  const rows = [
    [
      snapshotDate === null ? t('proof.begun') : t('proof.snapshot', { date: snapshotDate }),
      proof.snapshotMinor,
    ],
    [t('proof.risen', { count: entries }), proof.risenMinor],
    [t('proof.fallen'), (-BigInt(proof.fallenMinor)).toString()],
  ] as const;
  return (
    <>
      <Scroll label={t('proof.title')}>
        <table>
          <tbody>
            {rows.map(([label, minor]) => (
              <tr key={label}>
                <td>{label}</td>
                <td className="n">
                  <Amount minor={minor} currency={currency} />
                </td>
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <td>{t('proof.stated', { date })}</td>
              <td className="n">
                <Amount minor={proof.statedMinor} currency={currency} />
              </td>
            </tr>
          </tfoot>
        </table>
      </Scroll>
      <p>
        <Status kind={proof.proved ? 'done' : 'bad'}>
          {proof.proved ? t('proof.proved') : t('proof.notProved', { count: chainBreaks })}
        </Status>
      </p>
    </>
  );
}
