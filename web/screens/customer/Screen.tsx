import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import type { z } from 'zod';
import { present } from '../../../src/base/assert.ts';
import type { Account } from '../../../src/contract/accounts.ts';
import type { customerAnswer } from '../../../src/contract/customers.ts';
import { accountsQuery, customerQuery } from '../../api/queries.ts';
import { usePageTitle } from '../../frame/page-tabs.ts';
import { useMay } from '../../frame/session.ts';
import { Answer } from '../../parts/ask.tsx';
import { Pair } from '../../parts/facts.tsx';
import { Controls } from '../../parts/ledger/controls.tsx';
import { ExportButton } from '../../parts/ledger/export.tsx';
import { Amount } from '../../parts/money.tsx';
import { Scroll } from '../../parts/scroll.tsx';
import { Status } from '../../parts/status.tsx';
import { CustomerCases } from './cases.tsx';
import { Loans } from './loans.tsx';

/** One customer (360): who it is, its accounts, what stands on them, its loans and its cases. */
export function Screen() {
  const number = present(useParams()['customerNumber'], 'a customer in the address');
  const found = useQuery(customerQuery(number));
  return <Answer of={found}>{(data) => <CustomerPage {...data} />}</Answer>;
}

function CustomerPage({ customer }: z.infer<typeof customerAnswer>) {
  const { t } = useTranslation();
  const mayAccounts = useMay('view_accounts');
  const mayCases = useMay('view_cases');
  const asked = accountsQuery({ customerNumber: customer.customerNumber, limit: 200 });
  const accounts = useQuery({ ...asked, enabled: mayAccounts });
  usePageTitle(customer.name);
  return (
    <>
      <div className="head">
        <h1>{customer.name}</h1>
        <Status kind="wait" icon="customers">
          {t(`customerKind.${customer.kind}`)}
        </Status>
        <div className="facts-line">
          <span>
            {t('customers.number')}
            <b>{customer.customerNumber}</b>
          </span>
          <span>
            {t('value.creditRating')}
            <b>{customer.creditRating ?? '–'}</b>
          </span>
        </div>
      </div>
      <section className="pane">
        <h2>{t('customers.basics')}</h2>
        <dl className="key-values">
          <Pair label={t('customers.identity')}>{customer.identityNumber}</Pair>
          <Pair label={t('customers.legalRepresentative')}>
            {customer.legalRepresentative ?? '–'}
          </Pair>
          <Pair label={t('role.customer_manager')}>{customer.customerManager ?? '–'}</Pair>
          <Pair label={t('customers.unit')}>{customer.unitId}</Pair>
        </dl>
      </section>
      {mayAccounts && (
        <section className="pane">
          <h2>{t('customers.accounts')}</h2>
          <Answer of={accounts}>{(answer) => <Accounts accounts={answer.accounts} />}</Answer>
          <p className="row">
            <ExportButton
              table="accounts"
              filters={{ customerNumber: customer.customerNumber }}
              fileName={`accounts-${customer.customerNumber}`}
            />
          </p>
        </section>
      )}
      {mayAccounts && <Controls of={{ customerNumber: customer.customerNumber }} />}
      <Loans customerNumber={customer.customerNumber} />
      {mayCases && <CustomerCases customerNumber={customer.customerNumber} />}
    </>
  );
}

export function Accounts({ accounts }: { accounts: readonly Account[] }) {
  const { t } = useTranslation();
  if (accounts.length === 0) return <p className="muted">{t('accounts.none')}</p>;
  return (
    <Scroll label={t('customers.accounts')}>
      <table>
        <thead>
          <tr>
            <th>{t('accounts.number')}</th>
            <th>{t('accounts.name')}</th>
            <th>{t('accounts.gl')}</th>
            <th>{t('accounts.status')}</th>
            <th>{t('accounts.unit')}</th>
            <th>{t('accounts.currency')}</th>
            <th className="n">{t('accounts.ledgerBalance')}</th>
            <th className="n">{t('accounts.availableBalance')}</th>
          </tr>
        </thead>
        <tbody>
          {accounts.map((account) => (
            <tr key={account.accountNumber}>
              <td>
                <Link to={`/accounts/${account.accountNumber}`}>{account.accountNumber}</Link>
              </td>
              <td>{account.name}</td>
              <td>{account.glCode}</td>
              <td>{t(`accountStatus.${account.status}`)}</td>
              <td>{account.unitId ?? '–'}</td>
              <td>{account.currency}</td>
              <td className="n">
                <Amount minor={account.ledgerBalanceMinor} currency={account.currency} />
              </td>
              <td className="n">
                <Amount minor={account.availableBalanceMinor} currency={account.currency} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}
