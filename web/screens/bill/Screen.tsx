import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { present } from '../../../src/base/assert.ts';
import { formatRatePercent } from '../../../src/base/rates.ts';
import type { BillAnswer } from '../../../src/contract/bill/bills.ts';
import { billQuery } from '../../api/market.ts';
import { usePageTitle } from '../../frame/page-tabs.ts';
import { Answer } from '../../parts/ask.tsx';
import { narrativeText } from '../../parts/labels.ts';
import { amountText } from '../../parts/money.tsx';
import { Scroll } from '../../parts/scroll.tsx';
import { Status } from '../../parts/status.tsx';
import { instantOf } from '../../parts/time.ts';
import { billKinds } from '../bills/Screen.tsx';

/** One bill: its face, who has held it, what happened to it, what was posted. */
export function Screen() {
  const billNumber = present(useParams()['billNumber'], 'a bill in the address');
  const page = useQuery(billQuery(billNumber));
  return <Answer of={page}>{(data) => <Page of={data} />}</Answer>;
}

function Page({ of }: { of: BillAnswer }) {
  const { t } = useTranslation();
  usePageTitle(of.bill.billNumber);
  return (
    <>
      <Head of={of} />
      <section className="pane" aria-label={t('bill.chain')}>
        <h2>{t('bill.chain')}</h2>
        <Chain of={of} />
      </section>
      <section className="pane" aria-label={t('bill.history')}>
        <h2>{t('bill.history')}</h2>
        <History of={of} />
      </section>
      {of.interest.length > 0 && (
        <section className="pane" aria-label={t('bill.interest')}>
          <h2>{t('bill.interest')}</h2>
          <Interest of={of} />
        </section>
      )}
      <section className="pane" aria-label={t('bill.postings')}>
        <h2>{t('bill.postings')}</h2>
        <Postings of={of} />
      </section>
    </>
  );
}

function Head({ of: { bill, acceptance } }: { of: BillAnswer }) {
  const { t } = useTranslation();
  const { currency } = bill;
  const money = (minor: string) => `${amountText(minor, currency)} ${currency}`;
  const facts: (readonly [string, string])[] = [
    [t('bills.kind'), t(`billKind.${bill.kind}`)],
    [t('bill.medium'), t(`billMedium.${bill.medium}`)],
    [t('bills.face'), money(bill.faceMinor)],
    [t('bill.drawer'), bill.drawerName],
    [t('bills.acceptor'), bill.acceptorName],
    [t('bill.payee'), bill.payeeName],
    [t('bills.holder'), bill.holderName],
    [t('bill.issued'), bill.issuedOn],
    [t('bills.matures'), bill.maturesOn],
    ...(acceptance === null
      ? []
      : ([
          [t('value.marginMinor'), money(acceptance.marginMinor)],
          [t('value.feeMinor'), money(acceptance.feeMinor)],
          [t('bill.guarantee'), t(`choice.guarantee.${acceptance.guarantee}`)],
        ] as const)),
    ...(bill.debtMinor === '0' ? [] : ([[t('bills.debt'), money(bill.debtMinor)]] as const)),
  ];
  return (
    <div className="head">
      <h1>{t('bill.title', { number: bill.billNumber })}</h1>
      <Status kind={billKinds[bill.status]}>{t(`billStatus.${bill.status}`)}</Status>
      <div className="facts-line">
        {facts.map(([label, value]) => (
          <span key={label}>
            {label}
            <b>{value}</b>
          </span>
        ))}
      </div>
    </div>
  );
}

function Chain({ of }: { of: BillAnswer }) {
  const { t } = useTranslation();
  const links = of.events.filter((event) => event.toName !== null);
  return (
    <Scroll label={t('bill.chain')}>
      <table>
        <thead>
          <tr>
            <th className="n">{t('bill.link')}</th>
            <th>{t('bill.from')}</th>
            <th>{t('bill.to')}</th>
            <th>{t('bill.how')}</th>
            <th>{t('bill.date')}</th>
          </tr>
        </thead>
        <tbody>
          {links.map((event, nth) => (
            <tr key={event.number}>
              <td className="n">{nth + 1}</td>
              <td className="nowrap">{event.fromName}</td>
              <td className="nowrap">{event.toName}</td>
              <td>{t(`billEvent.${event.kind}`)}</td>
              <td className="nowrap">{event.accountingDate}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

function History({ of: { bill, events } }: { of: BillAnswer }) {
  const { t } = useTranslation();
  return (
    <Scroll label={t('bill.history')}>
      <table>
        <thead>
          <tr>
            <th>{t('bill.date')}</th>
            <th>{t('bill.event')}</th>
            <th>{t('bills.status')}</th>
            <th className="n">{t('bill.amount')}</th>
            <th>{t('bill.note')}</th>
            <th>{t('note.case')}</th>
            <th>{t('note.performer')}</th>
          </tr>
        </thead>
        <tbody>
          {events.map((event) => (
            <tr key={event.number}>
              <td className="nowrap" title={instantOf(event.happenedAt)}>
                {event.accountingDate}
              </td>
              <td>{t(`billEvent.${event.kind}`)}</td>
              <td>
                <Status kind={billKinds[event.status]}>{t(`billStatus.${event.status}`)}</Status>
              </td>
              <td className="n">
                {event.amountMinor === null ? '–' : amountText(event.amountMinor, bill.currency)}
              </td>
              <td>{event.note === '' ? '–' : event.note}</td>
              <td className="nowrap">
                <Link to={`/cases/${event.caseNumber}`}>{event.caseNumber}</Link>
              </td>
              <td>{event.login}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

function Interest({ of: { bill, interest } }: { of: BillAnswer }) {
  const { t } = useTranslation();
  return (
    <Scroll label={t('bill.interest')}>
      <table>
        <thead>
          <tr>
            <th>{t('bill.side')}</th>
            <th>{t('bill.counterparty')}</th>
            <th className="n">{t('note.rate')}</th>
            <th>{t('bill.begun')}</th>
            <th>{t('bill.countedTo')}</th>
            <th className="n">{t('note.interest')}</th>
            <th className="n">{t('bill.booked')}</th>
          </tr>
        </thead>
        <tbody>
          {interest.map((row) => (
            <tr key={row.side}>
              <td>{t(`billSide.${row.side}`)}</td>
              <td>{row.counterparty ?? '–'}</td>
              <td className="n">{`${formatRatePercent(BigInt(row.ratePpm))} %`}</td>
              <td className="nowrap">{row.begunOn}</td>
              <td className="nowrap">{row.countedTo}</td>
              <td className="n">{amountText(row.interestMinor, bill.currency)}</td>
              <td className="n">{amountText(row.bookedMinor, bill.currency)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

function Postings({ of: { postings } }: { of: BillAnswer }) {
  const { t } = useTranslation();
  if (postings.length === 0) return <p className="muted">{t('bill.noPostings')}</p>;
  return (
    <Scroll label={t('bill.postings')}>
      <table>
        <thead>
          <tr>
            <th>{t('bill.date')}</th>
            <th>{t('bill.narrative')}</th>
            <th>{t('bill.debit')}</th>
            <th>{t('bill.credit')}</th>
            <th className="n">{t('bill.amount')}</th>
            <th>{t('note.case')}</th>
          </tr>
        </thead>
        <tbody>
          {postings.map((row) => (
            <tr
              key={`${row.postingNumber} ${row.debitGlCode} ${row.creditGlCode} ${row.amountMinor}`}
            >
              <td className="nowrap">{row.accountingDate}</td>
              <td>{narrativeText(row.narrative)}</td>
              <td>{row.debitGlCode}</td>
              <td>{row.creditGlCode}</td>
              <td className="n">{amountText(row.amountMinor, row.currency)}</td>
              <td className="nowrap">
                <Link to={`/cases/${row.caseNumber}`}>{row.caseNumber}</Link>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}
