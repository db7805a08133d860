import { useQuery } from '@tanstack/react-query';
import i18next from 'i18next';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Control } from '../../../src/contract/controls.ts';
import { controlsQuery } from '../../api/ledger.ts';
import { Answer } from '../ask.tsx';
import { Amount } from '../money.tsx';
import { Scroll } from '../scroll.tsx';
import { Status } from '../status.tsx';
import { dayOf, instantOf } from '../time.ts';

/** What holds, freezes or narrows an account, or every account of a customer. */
export function Controls({
  of,
}: {
  of: { readonly accountNumber: string } | { readonly customerNumber: string };
}) {
  const { t } = useTranslation();
  const controls = useQuery(controlsQuery(of));
  return (
    <section className="pane" aria-label={t('controls.title')}>
      <h2>{t('controls.title')}</h2>
      <Answer of={controls}>
        {(answer) =>
          answer.controls.length === 0 ? (
            <p className="muted">{t('controls.none')}</p>
          ) : (
            <ControlsTable controls={answer.controls} named={'customerNumber' in of} />
          )
        }
      </Answer>
    </section>
  );
}

/** Controls one by one, with their ends; `named` says on which account each stands. */
export function ControlsTable({
  controls,
  named,
}: {
  controls: readonly Control[];
  named: boolean;
}) {
  const { t } = useTranslation();
  return (
    <Scroll label={t('controls.title')}>
      <table>
        <thead>
          <tr>
            {named && <th>{t('accounts.number')}</th>}
            <th>{t('controls.kind')}</th>
            <th>{t('controls.effect')}</th>
            <th className="n">{t('controls.amount')}</th>
            <th>{t('controls.reason')}</th>
            <th>{t('controls.orderedBy')}</th>
            <th>{t('controls.placed')}</th>
            <th>{t('controls.ends')}</th>
          </tr>
        </thead>
        <tbody>
          {controls.map((control) => (
            <Row
              key={`${control.accountNumber} ${control.kind} ${control.placedAt} ${control.reason}`}
              control={control}
              named={named}
            />
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

function Row({ control, named }: { control: Control; named: boolean }) {
  const { t } = useTranslation();
  const { accountNumber, kind, amountMinor, currency, expiresAt, endsOn } = control;
  const name = `controlKind.${kind}`;
  const isHold = kind === 'hold' || kind === 'pending_transfer';
  const effect = control.effect ?? (isHold ? 'amount_held' : 'waiting');
  return (
    <tr>
      {named && (
        <td className="nowrap">
          <Link to={`/accounts/${accountNumber}`}>{accountNumber}</Link>
        </td>
      )}
      <td>
        <Status kind={isHold || kind === 'waiting_freeze' ? 'wait' : 'bad'}>
          {i18next.exists(name) ? t(name) : kind}
        </Status>
      </td>
      <td>
        {control.ahead === null
          ? t(`controlEffect.${effect}`)
          : t('controls.ahead', { count: control.ahead })}
      </td>
      <td className="n">
        {amountMinor === null ? (
          t('controls.whole')
        ) : (
          <Amount minor={amountMinor} currency={currency} withCurrency />
        )}
      </td>
      <td>
        {control.reason}
        {control.otherAccountNumber !== null && (
          <span className="muted"> ⇄ {control.otherAccountNumber}</span>
        )}
      </td>
      <td>
        {control.orderedBy} <span className="muted">{control.documentNumber}</span>
      </td>
      <td className="nowrap" title={instantOf(control.placedAt)}>
        {dayOf(control.placedAt)} <span className="muted">{control.placedLogin}</span>
      </td>
      <td className="nowrap">{expiresAt === null ? (endsOn ?? '–') : instantOf(expiresAt)}</td>
    </tr>
  );
}
