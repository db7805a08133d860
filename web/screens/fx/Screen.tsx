import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { formatRatePercent } from '../../../src/base/rates.ts';
import type { FxBoardAnswer, FxPositionAnswer } from '../../../src/contract/fx/market.ts';
import { fxBoardQuery, fxPositionQuery } from '../../api/market.ts';
import { usePageTitle } from '../../frame/page-tabs.ts';
import { Answer } from '../../parts/ask.tsx';
import { Begin } from '../../parts/ledger/begin.tsx';
import { Amount, amountText } from '../../parts/money.tsx';
import { Scroll } from '../../parts/scroll.tsx';
import { Status } from '../../parts/status.tsx';
import { instantOf } from '../../parts/time.ts';

const processes = ['fx_deal', 'fx_board'];
const yuan = 'CNY';

/** 外汇牌价与敞口: the prices of now, and the position with its limits. */
export function Screen() {
  const { t } = useTranslation();
  usePageTitle(t('page.fx'));
  const board = useQuery(fxBoardQuery);
  const position = useQuery(fxPositionQuery);
  return (
    <>
      <div className="head">
        <h1>{t('page.fx')}</h1>
        <span className="spread" />
        <Begin offered={processes} label={t('fx.begin')} />
      </div>
      <section className="pane" aria-label={t('fx.board')}>
        <h2>{t('fx.board')}</h2>
        <Answer of={board}>{(data) => <Board of={data} />}</Answer>
      </section>
      <section className="pane" aria-label={t('fx.position')}>
        <h2>{t('fx.position')}</h2>
        <Answer of={position}>{(data) => <Position of={data} />}</Answer>
      </section>
      <section className="pane" aria-label={t('fx.before')}>
        <h2>{t('fx.before')}</h2>
        <Answer of={board}>{(data) => <Before of={data} />}</Answer>
      </section>
    </>
  );
}

/** A price of so many ten thousandth parts of a yuan, as the board writes it. */
function priceText(price: string): string {
  const [whole, part] = [BigInt(price) / 10_000n, BigInt(price) % 10_000n];
  const digits = String(part).padStart(4, '0');
  return `${whole}.${digits.endsWith('00') ? digits.slice(0, 2) : digits}`;
}

type Quote = FxBoardAnswer['quotes'][number];

function newest(quotes: readonly Quote[]): Quote[] {
  const first = new Map<string, Quote>();
  for (const quote of quotes) {
    const known = first.get(quote.currency);
    if (known === undefined || known.version < quote.version) first.set(quote.currency, quote);
  }
  return [...first.values()].sort((a, b) => a.currency.localeCompare(b.currency));
}

function Board({ of }: { of: FxBoardAnswer }) {
  const { t } = useTranslation();
  if (of.quotes.length === 0) return <p className="muted">{t('fx.noQuotes')}</p>;
  return <Quotes quotes={newest(of.quotes)} label={t('fx.board')} />;
}

function Before({ of }: { of: FxBoardAnswer }) {
  const { t } = useTranslation();
  const shown = new Set(newest(of.quotes));
  const older = of.quotes.filter((quote) => !shown.has(quote));
  if (older.length === 0) return <p className="muted">{t('fx.noneBefore')}</p>;
  return <Quotes quotes={older} label={t('fx.before')} />;
}

function Quotes({ quotes, label }: { quotes: readonly Quote[]; label: string }) {
  const { t } = useTranslation();
  return (
    <Scroll label={label}>
      <table>
        <thead>
          <tr>
            <th>{t('fx.currency')}</th>
            <th>{t('fx.state')}</th>
            <th className="n">{t('fx.per')}</th>
            <th className="n">{t('fx.bid')}</th>
            <th className="n">{t('fx.cashBid')}</th>
            <th className="n">{t('fx.ask')}</th>
            <th className="n">{t('fx.middle')}</th>
            <th>{t('fx.validFrom')}</th>
            <th>{t('fx.validUntil')}</th>
            <th>{t('fx.madeBy')}</th>
          </tr>
        </thead>
        <tbody>
          {quotes.map((quote) => (
            <tr key={quote.quoteId} title={quote.quoteId}>
              <td>{quote.currency}</td>
              <td>
                <Status kind={quote.good ? 'done' : 'second'}>
                  {t(quote.good ? 'fx.good' : 'fx.over')}
                </Status>
              </td>
              <td className="n">{quote.per}</td>
              <td className="n">{priceText(quote.bid)}</td>
              <td className="n">{priceText(quote.cashBid)}</td>
              <td className="n">{priceText(quote.ask)}</td>
              <td className="n">{priceText(quote.middle)}</td>
              <td className="nowrap">{instantOf(quote.validFrom)}</td>
              <td className="nowrap">{instantOf(quote.validUntil)}</td>
              <td className="nowrap">{`${quote.madeLogin} · ${quote.checkedLogin}`}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

const lights = { within: 'done', near: 'soon', beyond: 'bad' } as const;

function Light({ light }: { light: keyof typeof lights | null }) {
  const { t } = useTranslation();
  if (light === null) return '–';
  return <Status kind={lights[light]}>{t(`fxLight.${light}`)}</Status>;
}

function Position({ of }: { of: FxPositionAnswer }) {
  const { t } = useTranslation();
  const { rows, total, netOpenMinor } = of;
  return (
    <>
      {!of.whole && <p className="muted small">{t('fx.ownBooks')}</p>}
      {rows.length === 0 && <p className="muted">{t('fx.noPosition')}</p>}
      <Scroll label={t('fx.position')}>
        <table>
          <thead>
            <tr>
              <th>{t('fx.currency')}</th>
              <th className="n">{t('fx.held')}</th>
              <th className="n">{t('fx.booked')}</th>
              <th className="n">{t('fx.worth')}</th>
              <th className="n">{t('fx.gain')}</th>
              <th className="n">{t('fx.limit')}</th>
              <th>{t('fx.light')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.currency}>
                <td>{row.currency}</td>
                <td className="n">
                  <Amount minor={row.positionMinor} currency={row.currency} />
                </td>
                <td className="n">
                  <Amount minor={row.bookedMinor} currency={yuan} />
                </td>
                <td className="n">
                  <Amount minor={row.worthMinor} currency={yuan} />
                </td>
                <td className="n">
                  <Amount minor={row.gainMinor} currency={yuan} />
                </td>
                <td className="n">
                  {row.limitMinor === null ? '–' : amountText(row.limitMinor, yuan)}
                </td>
                <td>
                  <Light light={row.light} />
                </td>
              </tr>
            ))}
            <tr>
              <th scope="row">{t('fx.netOpen')}</th>
              <td />
              <td />
              <td className="n">
                <b>{amountText(netOpenMinor, yuan)}</b>
              </td>
              <td className="n">
                {total === null
                  ? '–'
                  : t('fx.share', { share: formatRatePercent(BigInt(total.shareOfCapitalPpm)) })}
              </td>
              <td className="n">{total === null ? '–' : amountText(total.limitMinor, yuan)}</td>
              <td>
                <Light light={total?.light ?? null} />
              </td>
            </tr>
          </tbody>
        </table>
      </Scroll>
    </>
  );
}
