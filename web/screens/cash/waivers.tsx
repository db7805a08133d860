import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { isCalendarDate } from '../../../src/base/dates.ts';
import type { WaiversAnswer } from '../../../src/contract/cash/waivers.ts';
import { waiversQuery } from '../../api/cash.ts';
import { usePageTitle } from '../../frame/page-tabs.ts';
import { Answer } from '../../parts/ask.tsx';
import { DateInput } from '../../parts/form/inputs.tsx';
import { amountText } from '../../parts/money.tsx';
import { Scroll } from '../../parts/scroll.tsx';

/** 手续费减免清单: what was waived in a time, why, and who approved it. */
export function Screen() {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  usePageTitle(t('page.feeWaivers'));
  const asked = Object.fromEntries(
    ['from', 'to'].flatMap((name) => {
      const date = search.get(name) ?? '';
      return isCalendarDate(date) ? [[name, date]] : [];
    }),
  );
  const waivers = useQuery({ ...waiversQuery(asked), placeholderData: keepPreviousData });
  const choose = (name: string, date: string) => {
    if (isCalendarDate(date)) setSearch({ ...asked, [name]: date }, { replace: true });
  };
  return (
    <>
      <div className="head">
        <h1>{t('page.feeWaivers')}</h1>
        <span className="spread" />
        <Link to="/operations/cash">{t('page.cash')}</Link>
      </div>
      <Answer of={waivers}>
        {(data) => (
          <>
            <search className="filters">
              {(['from', 'to'] as const).map((name) => (
                <label key={name} htmlFor={name}>
                  {t(`waivers.${name}`)}
                  <DateInput id={name} value={data[name]} onChange={(date) => choose(name, date)} />
                </label>
              ))}
            </search>
            <section className="pane" aria-label={t('page.feeWaivers')}>
              {data.waivers.length === 0 ? (
                <p className="hint">{t('waivers.none')}</p>
              ) : (
                <Scroll label={t('page.feeWaivers')}>
                  <Waivers of={data} />
                </Scroll>
              )}
            </section>
          </>
        )}
      </Answer>
    </>
  );
}

function Waivers({ of }: { of: WaiversAnswer }) {
  const { t } = useTranslation();
  return (
    <table>
      <thead>
        <tr>
          <th>{t('waivers.date')}</th>
          <th>{t('cash.case')}</th>
          <th>{t('waivers.unit')}</th>
          <th>{t('waivers.service')}</th>
          <th>{t('waivers.class')}</th>
          <th>{t('waivers.account')}</th>
          <th className="n">{t('waivers.fee')}</th>
          <th className="n">{t('waivers.waived')}</th>
          <th>{t('waivers.reason')}</th>
          <th>{t('waivers.approved')}</th>
        </tr>
      </thead>
      <tbody>
        {of.waivers.map((one) => (
          <tr key={one.caseNumber}>
            <td>{one.accountingDate}</td>
            <td className="mono">{one.caseNumber}</td>
            <td>{one.unitId}</td>
            <td>{t(`feeService.${one.service}`)}</td>
            <td>{t(`feeClass.${one.customerClass}`)}</td>
            <td className="mono">{one.accountNumber}</td>
            <td className="n">{amountText(one.standardMinor, one.currency)}</td>
            <td className="n">{amountText(one.waivedMinor, one.currency)}</td>
            <td>{t(`waiverReason.${one.reason}`)}</td>
            <td>{one.approver}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
