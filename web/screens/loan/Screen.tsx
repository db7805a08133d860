import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { present } from '../../../src/base/assert.ts';
import { formatRatePercent } from '../../../src/base/rates.ts';
import type { NotePageAnswer } from '../../../src/contract/loan-notes.ts';
import { noteQuery } from '../../api/queries.ts';
import { usePageTitle } from '../../frame/page-tabs.ts';
import { Answer } from '../../parts/ask.tsx';
import { CustomerLink } from '../../parts/facts.tsx';
import { Amount, amountText } from '../../parts/money.tsx';
import { Scroll } from '../../parts/scroll.tsx';
import { Status, type StatusKind } from '../../parts/status.tsx';
import { Prepayment } from './prepayment.tsx';

type Row = NotePageAnswer['plan'][number];

/** One loan note: what it owes, its plan, a quote of a prepayment, its history, its nights. */
export function Screen() {
  const noteNumber = present(useParams()['noteNumber'], 'a note in the address');
  const page = useQuery(noteQuery(noteNumber));
  return <Answer of={page}>{(data) => <Note of={data} />}</Answer>;
}

function Note({ of }: { of: NotePageAnswer }) {
  const { t } = useTranslation();
  const { note, plan } = of;
  const { currency } = note;
  usePageTitle(note.noteNumber);
  return (
    <>
      <Head note={note} />
      <section className="pane" aria-label={t('note.plan')}>
        <h2>{t('note.plan')}</h2>
        <Plan rows={plan} currency={currency} />
      </section>
      {note.status === 'open' && <Prepayment note={note} />}
      <section className="pane" aria-label={t('note.history')}>
        <h2>{t('note.history')}</h2>
        <History of={of} />
      </section>
      <section className="pane" aria-label={t('note.nights')}>
        <h2>{t('note.nights')}</h2>
        <Nights of={of} />
      </section>
    </>
  );
}

const noteKinds = { open: 'run', settled: 'done', written_off: 'bad' } as const;

function Head({ note }: { note: NotePageAnswer['note'] }) {
  const { t, i18n } = useTranslation();
  const { currency } = note;
  const money = (minor: string) => <b>{`${amountText(minor, currency)} ${currency}`}</b>;
  const language = i18n.language === 'en' ? 'en' : 'zh-CN';
  return (
    <div className="head">
      <h1>{t('note.title', { number: note.noteNumber })}</h1>
      <Status kind={noteKinds[note.status]}>{t(`noteStatus.${note.status}`)}</Status>
      <div className="facts-line">
        <span>
          {t('value.customerNumber')}
          <b>
            <CustomerLink customerNumber={note.customerNumber} />
          </b>
        </span>
        <span>
          {t('note.product')}
          <b>{note.productName[language]}</b>
        </span>
        <span>
          {t('value.repaymentMethod')}
          <b>{t(`choice.repaymentMethod.${note.method}`)}</b>
        </span>
        <span>
          {t('loans.principal')}
          {money(note.principalMinor)}
        </span>
        <span>
          {t('loans.owed')}
          {money(note.outstandingMinor)}
        </span>
        <span>
          {t('note.due')}
          {money(note.dueMinor)}
        </span>
        <span>
          {t('note.daysOverdue')}
          <b>{note.daysOverdue}</b>
        </span>
        <Rate note={note} />
        <span>
          {t('loans.start')}
          <b>{note.startDate}</b>
        </span>
        <span>
          {t('value.maturity')}
          <b>{note.maturity}</b>
        </span>
      </div>
    </div>
  );
}

function rateText(ppm: string): string {
  return `${formatRatePercent(BigInt(ppm))} %`;
}

/** The rate with the LPR and points it comes from, and when it is set anew. */
function Rate({ note: { ratePpm, lpr } }: { note: NotePageAnswer['note'] }) {
  const { t } = useTranslation();
  return (
    <>
      <span>
        {t('note.rate')}
        <b>{rateText(ratePpm)}</b>
        {lpr !== null && (
          <span className="muted small">
            {t('note.lpr', {
              quoted: rateText(lpr.quotedPpm),
              date: lpr.quotedOn,
              points: lpr.basisPoints,
            })}
          </span>
        )}
      </span>
      {lpr !== null && lpr.nextRepricing !== null && (
        <span>
          {t('note.nextRepricing')}
          <b>{lpr.nextRepricing}</b>
        </span>
      )}
    </>
  );
}

const rowKinds: Readonly<Record<Row['status'], StatusKind>> = {
  paid: 'done',
  due: 'soon',
  overdue: 'bad',
  to_come: 'wait',
};

function Plan({ rows, currency }: { rows: readonly Row[]; currency: string }) {
  const { t } = useTranslation();
  const late = (row: Row) => String(BigInt(row.penaltyMinor) + BigInt(row.compoundMinor));
  const paid = (row: Row) => String(BigInt(row.paidPrincipalMinor) + BigInt(row.paidInterestMinor));
  return (
    <Scroll label={t('note.plan')}>
      <table>
        <thead>
          <tr>
            <th className="n">{t('note.number')}</th>
            <th>{t('note.dueDate')}</th>
            <th className="n">{t('note.principal')}</th>
            <th className="n">{t('note.interest')}</th>
            <th className="n">{t('note.late')}</th>
            <th className="n">{t('note.paid')}</th>
            <th className="n">{t('note.balance')}</th>
            <th>{t('note.state')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.number}>
              <td className="n">{row.number}</td>
              <td className="nowrap">{row.dueDate}</td>
              <td className="n">{amountText(row.principalMinor, currency)}</td>
              <td className="n">{amountText(row.interestMinor, currency)}</td>
              <td className="n">{amountText(late(row), currency)}</td>
              <td className="n">{amountText(paid(row), currency)}</td>
              <td className="n">
                <Amount minor={row.balanceMinor} currency={currency} />
              </td>
              <td>
                <Status kind={rowKinds[row.status]}>{t(`rowStatus.${row.status}`)}</Status>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

function History({ of }: { of: NotePageAnswer }) {
  const { t } = useTranslation();
  const { currency } = of.note;
  if (of.history.length === 0) return <p className="muted">{t('note.noHistory')}</p>;
  const money = (minor: string | null) => (minor === null ? '–' : amountText(minor, currency));
  return (
    <Scroll label={t('note.history')}>
      <table>
        <thead>
          <tr>
            <th>{t('note.date')}</th>
            <th>{t('note.event')}</th>
            <th className="n">{t('note.principal')}</th>
            <th className="n">{t('note.interest')}</th>
            <th className="n">{t('note.lateCost')}</th>
            <th>{t('note.newRate')}</th>
            <th>{t('note.newMaturity')}</th>
            <th>{t('note.case')}</th>
            <th>{t('note.performer')}</th>
          </tr>
        </thead>
        <tbody>
          {of.history.map((event) => (
            <tr key={`${event.caseNumber} ${event.kind} ${event.number} ${event.principalMinor}`}>
              <td className="nowrap">{event.date}</td>
              <td>
                {t(`noteEvent.${event.kind}`)}
                {event.number !== null && (
                  <span className="muted small"> {t('note.ofRow', { number: event.number })}</span>
                )}
              </td>
              <td className="n">{money(event.principalMinor)}</td>
              <td className="n">{money(event.interestMinor)}</td>
              <td className="n">{money(event.lateMinor)}</td>
              <td>{event.ratePpm === null ? '–' : rateText(event.ratePpm)}</td>
              <td>{event.maturity ?? '–'}</td>
              <td>
                <Link to={`/cases/${event.caseNumber}`}>{event.caseNumber}</Link>
              </td>
              <td>{event.performer ?? '–'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

function Nights({ of }: { of: NotePageAnswer }) {
  const { t } = useTranslation();
  const { currency } = of.note;
  if (of.nights.length === 0) return <p className="muted">{t('note.noNights')}</p>;
  return (
    <Scroll label={t('note.nights')}>
      <table>
        <thead>
          <tr>
            <th>{t('note.date')}</th>
            <th className="n">{t('note.daysOverdue')}</th>
            <th>{t('note.level')}</th>
            <th className="n">{t('note.stage')}</th>
            <th className="n">{t('note.accrual')}</th>
            <th className="n">{t('note.receivable')}</th>
            <th className="n">{t('note.expectedLoss')}</th>
            <th className="n">{t('note.provision')}</th>
          </tr>
        </thead>
        <tbody>
          {of.nights.map((night) => (
            <tr key={night.accountingDate}>
              <td className="nowrap">{night.accountingDate}</td>
              <td className="n">{night.daysOverdue}</td>
              <td>{t(`level.${night.level}`)}</td>
              <td className="n">{night.stage}</td>
              <td className="n">
                <Amount minor={night.accrualMinor} currency={currency} />
              </td>
              <td className="n">{amountText(night.receivableMinor, currency)}</td>
              <td className="n">{amountText(night.expectedLossMinor, currency)}</td>
              <td className="n">
                <Amount minor={night.provisionMinor} currency={currency} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}
