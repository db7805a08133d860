import { Button } from 'antd';
import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useKeys } from '../../frame/keys.ts';
import { useSettings } from '../../settings.ts';
import {
  choiceLabel,
  consequenceOf,
  decisionOf,
  type FormChoice,
  type FormFile,
} from './schema.ts';

/**
 * What ends a task. A decision shows one button per choice with where it leads; any other form one
 * Submit. Alt+Enter sends the button that has the focus, or the first; Enter alone sends nothing.
 */
export function Decisions({
  form,
  busy,
  onSubmit,
}: {
  form: FormFile | null;
  busy: boolean;
  onSubmit: (choice: FormChoice | null) => void;
}) {
  const { language } = useSettings();
  const { t } = useTranslation();
  const decision = form === null ? null : decisionOf(form);
  const choices: readonly (FormChoice | null)[] = decision?.values ?? [null];
  const send = () => {
    const focused = document.activeElement?.closest('[data-decision]');
    const at = Number(focused?.getAttribute('data-decision') ?? '0');
    onSubmit(choices[at] ?? null);
  };
  useKeys([{ key: 'Alt+Enter', label: 'keys.submit', act: busy ? () => {} : send }]);
  return choices.map((choice, at) => {
    const consequence = choice === null ? undefined : consequenceOf(choice, language);
    return (
      <Button
        key={choice?.value ?? 'submit'}
        className="decision"
        type={at === 0 ? 'primary' : 'default'}
        disabled={busy}
        data-decision={at}
        {...(at === 0 ? { 'data-action': 'first' } : {})}
        onKeyDown={swallowEnter}
        onClick={() => onSubmit(choice)}
      >
        <span>{choice === null ? t('task.submit') : choiceLabel(choice, language)}</span>
        {consequence !== undefined && <span className="consequence">{consequence}</span>}
        {at === 0 && <kbd>Alt ↵</kbd>}
      </Button>
    );
  });
}

function swallowEnter(event: KeyboardEvent): void {
  if (event.key === 'Enter' && !event.altKey) event.preventDefault();
}
