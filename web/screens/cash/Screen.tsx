import '../../styles/cash.css';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import type { CashBox, CashBoxesAnswer } from '../../../src/contract/cash/boxes.ts';
import { cashBoxesQuery, largeCashQuery } from '../../api/cash.ts';
import { usePageTitle } from '../../frame/page-tabs.ts';
import { useMay } from '../../frame/session.ts';
import { Answer } from '../../parts/ask.tsx';
import { amountText } from '../../parts/money.tsx';
import { Scroll } from '../../parts/scroll.tsx';
import { Status } from '../../parts/status.tsx';
import { BoxLines } from './lines.tsx';
import { Orders } from './orders.tsx';

/** 尾箱与金库: my till, the vaults, whether the ledger agrees, what is over or short, large cash. */
export function Screen() {
  const { t } = useTranslation();
  const [search] = useSearchParams();
  const boxes = useQuery(cashBoxesQuery);
  const maySeeCustomers = useMay('view_customers');
  usePageTitle(t('page.cash'));
  const asked = search.get('box') ?? '';
  return (
    <>
      <div className="head">
        <h1>{t('page.cash')}</h1>
        {boxes.data !== undefined && <Proof of={boxes.data} />}
        <span className="spread" />
        <Link to="/operations/fee-waivers">{t('page.feeWaivers')}</Link>
      </div>
      <Orders />
      <Answer of={boxes}>
        {(data) => (
          <>
            {asked !== '' && <BoxLines key={asked} boxNumber={asked} />}
            <div className="boxes">
              {[...data.boxes].sort(ownFirst).map((box) => (
                <Box key={box.boxNumber} box={box} />
              ))}
            </div>
            <Differences of={data} />
          </>
        )}
      </Answer>
      {maySeeCustomers && <Large />}
    </>
  );
}

function ownFirst(a: CashBox, b: CashBox): number {
  return Number(b.own) - Number(a.own);
}

/** Whether tills, vaults and what is on its way are the ledger's cash. */
function Proof({ of }: { of: CashBoxesAnswer }) {
  const { t } = useTranslation();
  const uneven = of.proof.filter((one) => one.boxesMinor !== one.ledgerMinor);
  if (uneven.length === 0) return <Status kind="done">{t('cash.even')}</Status>;
  return uneven.map((one) => (
    <Status key={`${one.unitId} ${one.currency}`} kind="bad">
      {t('cash.uneven', {
        unit: one.unitId,
        boxes: `${amountText(one.boxesMinor, one.currency)} ${one.currency}`,
        ledger: amountText(one.ledgerMinor, one.currency),
      })}
    </Status>
  ));
}

/** A till or a vault with its notes. */
function Box({ box }: { box: CashBox }) {
  const { t } = useTranslation();
  const name = `${t(`cashBox.${box.kind}`)} ${box.boxNumber}`;
  return (
    <section className="pane" aria-label={name}>
      <div className="row">
        <h3>{name}</h3>
        {box.own && <Status kind="run">{t('cash.own')}</Status>}
        {box.signedOff && <Status kind="done">{t('cash.signedOff')}</Status>}
        <span className="muted">{box.holder ?? box.unitId}</span>
        <span className="spread" />
        <Link to={`?box=${box.boxNumber}`}>{t('cash.today')}</Link>
      </div>
      {box.notes.length === 0 ? (
        <p className="hint">{t('cash.nothing')}</p>
      ) : (
        <Scroll label={name}>
          <Notes box={box} />
        </Scroll>
      )}
    </section>
  );
}

function Notes({ box }: { box: CashBox }) {
  const { t } = useTranslation();
  return (
    <table>
      <thead>
        <tr>
          <th>{t('cash.currency')}</th>
          <th className="n">{t('cash.face')}</th>
          <th className="n">{t('cash.count')}</th>
          <th className="n">{t('cash.amount')}</th>
        </tr>
      </thead>
      <tbody>
        {box.notes.map(({ currency, faceMinor, count }) => (
          <tr key={`${currency} ${faceMinor}`}>
            <td>{currency}</td>
            <td className="n">{amountText(faceMinor, currency)}</td>
            <td className="n">{count}</td>
            <td className="n">{amountText(BigInt(faceMinor) * BigInt(count), currency)}</td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        {box.totals.map(({ currency, amountMinor }) => (
          <tr key={currency}>
            <td>{currency}</td>
            <td colSpan={2}>{t('entries.total')}</td>
            <td className="n">{amountText(amountMinor, currency)}</td>
          </tr>
        ))}
      </tfoot>
    </table>
  );
}

/** Overs and shorts that are still in suspense. */
function Differences({ of }: { of: CashBoxesAnswer }) {
  const { t } = useTranslation();
  if (of.differences.length === 0) return null;
  return (
    <section className="pane" aria-label={t('cash.differences')}>
      <h3>{t('cash.differences')}</h3>
      <Scroll label={t('cash.differences')}>
        <table>
          <thead>
            <tr>
              <th>{t('cash.number')}</th>
              <th>{t('cash.kind')}</th>
              <th>{t('cashBox.till')}</th>
              <th>{t('cash.foundOn')}</th>
              <th className="n">{t('cash.amount')}</th>
            </tr>
          </thead>
          <tbody>
            {of.differences.map((one) => (
              <tr key={one.differenceNumber}>
                <td className="mono">{one.differenceNumber}</td>
                <td>{t(`cashKind.${one.kind}`)}</td>
                <td>{one.boxNumber}</td>
                <td>{one.foundOn}</td>
                <td className="n">
                  {amountText(one.amountMinor, one.currency)} {one.currency}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </section>
  );
}

/** Customers whose cash of today is to be reported. */
function Large() {
  const { t } = useTranslation();
  const large = useQuery(largeCashQuery);
  return (
    <Answer of={large}>
      {({ candidates }) => (
        <section className="pane" aria-label={t('cash.large')}>
          <h3>{t('cash.large')}</h3>
          {candidates.length === 0 ? (
            <p className="hint">{t('cash.noLarge')}</p>
          ) : (
            <Scroll label={t('cash.large')}>
              <table>
                <thead>
                  <tr>
                    <th>{t('cash.customer')}</th>
                    <th>{t('cash.kind')}</th>
                    <th className="n">{t('cash.times')}</th>
                    <th className="n">{t('cash.inYuan')}</th>
                    <th className="n">{t('cash.inDollars')}</th>
                  </tr>
                </thead>
                <tbody>
                  {candidates.map((one) => (
                    <tr key={`${one.customerNumber} ${one.direction}`}>
                      <td>
                        <Link to={`/customers/${one.customerNumber}`}>{one.customerNumber}</Link>
                      </td>
                      <td>
                        {t(one.direction === 'in' ? 'cashKind.deposit' : 'cashKind.withdrawal')}
                      </td>
                      <td className="n">{one.times}</td>
                      <td className="n">{amountText(one.yuanMinor, 'CNY')}</td>
                      <td className="n">{amountText(one.dollarMinor, 'USD')}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </Scroll>
          )}
        </section>
      )}
    </Answer>
  );
}
