import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatAmount, parseAmount } from '../../../src/base/money.ts';
import type { NotePageAnswer, PrepaymentAnswer } from '../../../src/contract/loan-notes.ts';
import { prepaymentQuery } from '../../api/queries.ts';
import { Answer } from '../../parts/ask.tsx';
import { MoneyInput } from '../../parts/form/inputs.tsx';
import { amountText } from '../../parts/money.tsx';
import { Scroll } from '../../parts/scroll.tsx';

/** Quotes a prepayment of a note, in both ways, and orders nothing. */
export function Prepayment({ note }: { note: NotePageAnswer['note'] }) {
  const { noteNumber, currency, outstandingMinor } = note;
  const { t } = useTranslation();
  const id = useId();
  const [typed, setTyped] = useState('');
  const [asked, setAsked] = useState<string | null>(null);
  const amount = parseAmount(typed, currency);
  const ready = amount.ok && amount.value > 0n;
  return (
    <section className="pane" aria-label={t('note.prepay')}>
      <h2>{t('note.prepay')}</h2>
      <p className="muted small">{t('note.prepayWhy')}</p>
      <form
        className="filters"
        onSubmit={(event) => {
          event.preventDefault();
          if (ready) setAsked(amount.value.toString());
        }}
      >
        <label htmlFor={id}>
          {t('note.prepayAmount')}
          <MoneyInput id={id} value={typed} onChange={setTyped} currency={currency} />
        </label>
        <Button htmlType="submit" disabled={!ready}>
          {t('note.quote')}
        </Button>
        <Button
          onClick={() => {
            setTyped(formatAmount(BigInt(outstandingMinor), currency));
            setAsked(outstandingMinor);
          }}
        >
          {t('note.all')}
        </Button>
      </form>
      {asked !== null && <Quotes noteNumber={noteNumber} asked={asked} currency={currency} />}
    </section>
  );
}

function Quotes(of: { noteNumber: string; asked: string; currency: string }) {
  const quotes = useQuery(prepaymentQuery(of.noteNumber, of.asked));
  return (
    <Answer of={quotes}>{(answer) => <Compared answer={answer} currency={of.currency} />}</Answer>
  );
}

function Compared({ answer, currency }: { answer: PrepaymentAnswer; currency: string }) {
  const { t } = useTranslation();
  const lines = [
    ['note.principal', 'principalMinor'],
    ['note.interest', 'interestMinor'],
    ['note.fee', 'feeMinor'],
    ['note.total', 'totalMinor'],
    ['loans.owed', 'outstandingMinor'],
    ['note.saved', 'savedInterestMinor'],
  ] as const;
  const { quotes } = answer;
  return (
    <Scroll label={t('note.prepay')}>
      <table>
        <thead>
          <tr>
            <th>{answer.asOf}</th>
            {quotes.map((quote) => (
              <th className="n" key={quote.mode}>
                {t(`prepayment.${quote.outstandingMinor === '0' ? 'whole' : quote.mode}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map(([label, name]) => (
            <tr key={name}>
              <td>{t(label)}</td>
              {quotes.map((quote) => (
                <td className="n" key={quote.mode}>
                  {amountText(quote[name], currency)}
                </td>
              ))}
            </tr>
          ))}
          <tr>
            <td>{t('note.instalments')}</td>
            {quotes.map((quote) => (
              <td className="n" key={quote.mode}>
                {quote.rows.length}
              </td>
            ))}
          </tr>
          <tr>
            <td>{t('note.nextRow')}</td>
            {quotes.map((quote) => (
              <td className="n" key={quote.mode}>
                {nextText(quote, currency)}
              </td>
            ))}
          </tr>
          <tr>
            <td>{t('value.maturity')}</td>
            {quotes.map((quote) => (
              <td className="n" key={quote.mode}>
                {quote.maturity}
              </td>
            ))}
          </tr>
        </tbody>
      </table>
    </Scroll>
  );
}

function nextText({ rows }: PrepaymentAnswer['quotes'][number], currency: string): string {
  const [next] = rows;
  if (next === undefined) return '–';
  const minor = BigInt(next.principalMinor) + BigInt(next.interestMinor);
  return `${next.dueDate} ${amountText(minor, currency)}`;
}
