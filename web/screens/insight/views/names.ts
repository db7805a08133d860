import { useTranslation } from 'react-i18next';
import type { ViewsAnswer } from '../../../../src/contract/insight/views.ts';
import { useBilingual } from '../../../frame/session.ts';

/** The names of steps, and of roles where the bank has one for a code. */
export function useNames(of: ViewsAnswer) {
  const { t } = useTranslation();
  const ownText = useBilingual();
  const steps = new Map(of.steps.map(({ id, name }) => [id, ownText(name)]));
  return {
    step: (id: string) => steps.get(id) ?? id,
    role: (code: string | null) => {
      if (code === null) return '—';
      const known = of.roleNames[code];
      return known === undefined ? (code === 'system' ? t('views.system') : code) : ownText(known);
    },
  };
}
