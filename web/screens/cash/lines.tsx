import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { CashBoxAnswer } from '../../../src/contract/cash/boxes.ts';
import { cashBoxQuery } from '../../api/cash.ts';
import { Answer } from '../../parts/ask.tsx';
import { Amount } from '../../parts/money.tsx';
import { Scroll } from '../../parts/scroll.tsx';
import { instantOf } from '../../parts/time.ts';

/** What happened in a box on the open date: movements and counts, the newest first. */
export function BoxLines({ boxNumber }: { boxNumber: string }) {
  const { t } = useTranslation();
  const box = useQuery(cashBoxQuery(boxNumber));
  const name = `${t('cash.today')} ${boxNumber}`;
  return (
    <Answer of={box}>
      {(data) => (
        <section className="pane" aria-label={name}>
          <div className="row">
            <h3>{name}</h3>
            <span className="muted">{data.accountingDate}</span>
            <span className="spread" />
            <Link to="?">{t('cash.hide')}</Link>
          </div>
          {data.lines.length === 0 ? (
            <p className="hint">{t('cash.noLines')}</p>
          ) : (
            <Scroll label={name}>
              <Lines lines={data.lines} />
            </Scroll>
          )}
        </section>
      )}
    </Answer>
  );
}

function Lines({ lines }: { lines: CashBoxAnswer['lines'] }) {
  const { t } = useTranslation();
  return (
    <table>
      <thead>
        <tr>
          <th>{t('cash.at')}</th>
          <th>{t('cash.kind')}</th>
          <th className="n">{t('cash.amount')}</th>
          <th>{t('cash.other')}</th>
          <th>{t('cash.case')}</th>
          <th>{t('cash.by')}</th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <tr key={line.serial}>
            <td>{instantOf(line.at)}</td>
            <td>{t(`cashKind.${line.kind}`)}</td>
            <td className="n">
              <Amount minor={line.amountMinor} currency={line.currency} withCurrency />
            </td>
            <td>{line.counterBox ?? line.accountNumber ?? '–'}</td>
            <td className="mono">{line.caseNumber ?? '–'}</td>
            <td>{line.checker === null ? line.login : `${line.login}, ${line.checker}`}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
