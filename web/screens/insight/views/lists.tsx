import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ViewsAnswer } from '../../../../src/contract/insight/views.ts';
import { useBilingual } from '../../../frame/session.ts';
import { Scroll } from '../../../parts/scroll.tsx';
import { Status } from '../../../parts/status.tsx';
import { isoDurationOf } from '../../../parts/time.ts';
import { useSettings } from '../../../settings.ts';
import { countText, durationText, shareText } from '../figures.ts';
import { useNames } from './names.ts';

type View = { readonly of: ViewsAnswer };

function Table({
  label,
  heads,
  children,
}: {
  label: string;
  heads: readonly (readonly [text: string, isNumber?: boolean])[];
  children: ReactNode;
}) {
  return (
    <Scroll label={label}>
      <table>
        <thead>
          <tr>
            {heads.map(([text, isNumber = false]) => (
              <th key={text} className={isNumber ? 'n' : undefined}>
                {text}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </Scroll>
  );
}

/** Every step with performer, tool, time limit, and what the cases say of it. */
export function StepsView({ of }: View) {
  const { t } = useTranslation();
  const ownText = useBilingual();
  const names = useNames(of);
  const { language } = useSettings();
  const heads = [
    [t('views.step')],
    [t('views.kind')],
    [t('views.role')],
    [t('views.tool')],
    [t('views.dueIn')],
    [t('insight.executions'), true],
    [t('views.handling'), true],
    [t('views.wait'), true],
  ] as const;
  return (
    <Table label={t('view.steps')} heads={heads}>
      {of.steps.map((each) => (
        <tr key={each.id}>
          <td>{ownText(each.name)}</td>
          <td>{t(`viewKind.${each.kind}`)}</td>
          <td>{names.role(each.role)}</td>
          <td>{each.form === null ? (each.tool ?? '—') : ownText(each.form)}</td>
          <td>{each.dueIn === null ? '—' : isoDurationOf(each.dueIn)}</td>
          <td className="n">{each.executions === null ? '—' : countText(each.executions)}</td>
          <td className="n">{durationText(each.handlingMean, language)}</td>
          <td className="n">{durationText(each.waitMean, language)}</td>
        </tr>
      ))}
    </Table>
  );
}

const marks = { operate: '○', check: '□', move: '⇨', wait: 'D', store: '▽' } as const;
const classes = ['operate', 'check', 'move', 'wait', 'store'] as const;

/** 流程程序图: one line a step, and one for each wait before a step. */
export function ChartView({ of }: View) {
  const { t } = useTranslation();
  const names = useNames(of);
  const { language } = useSettings();
  const { lines, totals } = of.flowChart;
  const heads = [
    [t('views.step')],
    [t('views.class')],
    [t('views.classBy')],
    [t('views.time'), true],
    [t('views.dueIn')],
    [t('insight.executions'), true],
  ] as const;
  return (
    <>
      <p>
        {classes
          .map((each) =>
            t('views.classTotal', {
              name: `${marks[each]} ${t(`viewClass.${each}`)}`,
              lines: countText(totals[each].lines),
              time: durationText(totals[each].seconds, language),
            }),
          )
          .join(' · ')}
      </p>
      <Table label={t('view.chart')} heads={heads}>
        {lines.map((each) => (
          <tr key={`${each.stepId} ${each.by === 'log'}`}>
            <td>
              {each.by === 'log'
                ? t('views.waitBefore', { step: names.step(each.stepId) })
                : names.step(each.stepId)}
            </td>
            <td className="nowrap">
              <span aria-hidden="true">{marks[each.flowClass]}</span>{' '}
              {t(`viewClass.${each.flowClass}`)}
            </td>
            <td>{t(`viewBy.${each.by}`)}</td>
            <td className="n">{durationText(each.seconds, language)}</td>
            <td>{each.dueIn === null ? '—' : isoDurationOf(each.dueIn)}</td>
            <td className="n">{each.executions === null ? '—' : countText(each.executions)}</td>
          </tr>
        ))}
      </Table>
    </>
  );
}

/** 审批节点: what each decided in the cases, and those that never refuse. */
export function ApprovalsView({ of }: View) {
  const { t } = useTranslation();
  const names = useNames(of);
  const heads = [
    [t('views.step')],
    [t('views.role')],
    [t('views.answers')],
    [t('views.tables')],
    [t('insight.executions'), true],
    [t('views.decided'), true],
    [t('views.refused'), true],
    [t('views.withdrawn'), true],
    [t('views.finding')],
  ] as const;
  const figure = (value: number | null) => (value === null ? '—' : countText(value));
  return (
    <Table label={t('view.approvals')} heads={heads}>
      {of.approvals.map((each) => (
        <tr key={each.stepId}>
          <td>{names.step(each.stepId)}</td>
          <td>{names.role(each.role)}</td>
          <td>{each.answers.join(' · ') || '—'}</td>
          <td>{each.tables.join(' · ') || '—'}</td>
          <td className="n">{figure(each.executions)}</td>
          <td className="n">{figure(each.decided)}</td>
          <td className="n">{figure(each.refused)}</td>
          <td className="n">{figure(each.withdrawn)}</td>
          <td>
            {each.neverRefuses && <Status kind="soon">{t('views.neverRefuses')}</Status>}
            {each.refusedAtMost !== null &&
              ` ${t('views.refusedAtMost', { share: shareText(each.refusedAtMost) })}`}
          </td>
        </tr>
      ))}
    </Table>
  );
}

/** 重复录入: fields that are filled in more than once. */
export function RepeatedView({ of }: View) {
  const { t } = useTranslation();
  const ownText = useBilingual();
  const names = useNames(of);
  if (of.repeatedEntries.length === 0) return <p className="muted">{t('views.noRepeated')}</p>;
  const heads = [[t('views.field')], [t('views.sameBy')], [t('views.enteredAt')]] as const;
  return (
    <Table label={t('view.repeated')} heads={heads}>
      {of.repeatedEntries.map(({ label, by, entries }) => (
        <tr key={`${by} ${entries.map(({ key, stepId }) => `${key}@${stepId}`).join(' ')}`}>
          <td>{ownText(label)}</td>
          <td>{t(`viewSame.${by}`)}</td>
          <td>{entries.map(({ stepId, key }) => `${names.step(stepId)} (${key})`).join(' · ')}</td>
        </tr>
      ))}
    </Table>
  );
}

/** 模型未写明: what a reader of the catalogue would look for in vain. */
export function WarningsView({ of }: View) {
  const { t } = useTranslation();
  const ownText = useBilingual();
  if (of.warnings.length === 0) return <p className="muted">{t('views.noWarnings')}</p>;
  return (
    <Table label={t('view.warnings')} heads={[[t('views.element')], [t('views.missing')]]}>
      {of.warnings.map(({ elementId, name, code }) => (
        <tr key={`${elementId} ${code}`}>
          <td>{ownText(name)}</td>
          <td>{t(`viewWarning.${code}`)}</td>
        </tr>
      ))}
    </Table>
  );
}
