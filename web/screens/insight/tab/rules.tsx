import { useTranslation } from 'react-i18next';
import type { InsightCausesAnswer } from '../../../../src/contract/insight/causes.ts';
import { Scroll } from '../../../parts/scroll.tsx';
import { countText, shareText } from '../figures.ts';

type Point = InsightCausesAnswer['decisionPoints'][number];

/** Where the flow divides, by which rule: a decision table, first match first. */
export function Rules({ causes }: { causes: InsightCausesAnswer }) {
  const { t } = useTranslation();
  if (causes.decisionPoints.length === 0) return null;
  return (
    <>
      <h3>{t('insight.decisionPoints')}</h3>
      <p className="muted">{t('insight.decisionRule')}</p>
      {causes.decisionPoints.slice(0, 8).map((point) => (
        <RuleTable key={point.after} point={point} />
      ))}
    </>
  );
}

const signs = { below: '<', from: '≥', is: '=', is_not: '≠' } as const;

function RuleTable({ point }: { point: Point }) {
  const { t } = useTranslation();
  const title = t('insight.decisionAfter', {
    activity: point.after,
    accuracy: shareText(point.accuracy),
    always: shareText(point.always),
  });
  return (
    <>
      <h4>{title}</h4>
      <Scroll label={title}>
        <table>
          <thead>
            <tr>
              <th>{t('insight.when')}</th>
              <th>{t('insight.toActivity')}</th>
              <th className="n">{t('insight.cases')}</th>
              <th className="n">{t('insight.share')}</th>
            </tr>
          </thead>
          <tbody>
            {point.rules.map(({ conditions, next, cases, share }) => {
              const when = conditions
                .map(({ attribute, test, value }) => `${attribute} ${signs[test]} ${value}`)
                .join(' · ');
              return (
                <tr key={`${when} ${next}`}>
                  <td>{when || t('insight.otherwise')}</td>
                  <td>{next}</td>
                  <td className="n">{countText(cases)}</td>
                  <td className="n">{shareText(share)}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </Scroll>
    </>
  );
}
