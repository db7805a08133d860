import { useTranslation } from 'react-i18next';
import type { ViewsAnswer } from '../../../../src/contract/insight/views.ts';
import { useBilingual } from '../../../frame/session.ts';
import { Scroll } from '../../../parts/scroll.tsx';
import { useNames } from './names.ts';

/** 数据矩阵: who creates, reads and updates what, with origin and destination. */
export function CrudView({ of: { crud } }: { of: ViewsAnswer }) {
  const { t } = useTranslation();
  const ownText = useBilingual();
  return (
    <Scroll label={t('view.crud')} className="map-box">
      <table className="matrix">
        <thead>
          <tr>
            <th>{t('views.data')}</th>
            {crud.columns.map((column) => (
              <th key={column.id} className="upright">
                {ownText(column.name)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {crud.rows.map((row) => (
            <tr key={row.name}>
              <th scope="row">{ownText(row.label)}</th>
              {crud.columns.map(({ id }) => (
                <td key={id} className="cell">
                  {row.cells[id]?.join(' ') ?? ''}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

/** 责任矩阵: responsible, accountable, consulted and informed by step and role. */
export function RaciView({ of }: { of: ViewsAnswer }) {
  const { t } = useTranslation();
  const names = useNames(of);
  const { roles, rows } = of.raci;
  return (
    <Scroll label={t('view.raci')} className="map-box">
      <table className="matrix">
        <thead>
          <tr>
            <th>{t('views.step')}</th>
            {roles.map((role) => (
              <th key={role} className="upright">
                {names.role(role)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ stepId, duties, gap }) => (
            <tr key={stepId}>
              <th scope="row">
                {names.step(stepId)}
                {gap !== null && ` (${t('views.noRole')})`}
              </th>
              {roles.map((role) => (
                <td key={role} className="cell">
                  {duties[role]?.join(' ') ?? ''}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}
