import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { JsonValues } from '../../../src/contract/shapes.ts';
import type { Task } from '../../../src/contract/tasks.ts';
import { idempotencyKey } from '../../api/idempotency.ts';
import { orderTask, type Purpose, peopleQuery, type TaskOrderName } from '../../api/task-orders.ts';
import { useBilingual } from '../../frame/session.ts';
import { Answer } from '../../parts/ask.tsx';

/** Sends an order once; the lists and the case ask again afterwards. */
export function useOrder(task: Task, name: TaskOrderName, onDone: () => void) {
  const client = useQueryClient();
  const key = useRef(idempotencyKey());
  return useMutation({
    mutationFn: (body: JsonValues) => orderTask(task.id, name, body, key.current),
    onError: () => {
      key.current = idempotencyKey();
    },
    onSuccess: async () => {
      onDone();
      await client.invalidateQueries({ queryKey: ['tasks'] });
      await client.invalidateQueries({ queryKey: ['case', task.caseNumber] });
    },
  });
}

/** Colleagues to choose from: one, or several for a notice. */
export function People({
  task,
  purpose,
  chosen,
  onChange,
  several = false,
}: {
  task: Task;
  purpose: Purpose;
  chosen: readonly string[];
  onChange: (logins: readonly string[]) => void;
  several?: boolean;
}) {
  const { t } = useTranslation();
  const say = useBilingual();
  const found = useQuery(peopleQuery(task.id, purpose));
  const [sought, setSought] = useState('');
  const toggle = (login: string) => {
    if (!several) return onChange([login]);
    const without = chosen.filter((one) => one !== login);
    onChange(without.length === chosen.length ? [...chosen, login] : without);
  };
  return (
    <Answer of={found}>
      {({ people }) => (
        <fieldset className="people">
          <legend className="sr-only">{t('order.people')}</legend>
          {people.length === 0 && <p className="muted">{t('order.nobody')}</p>}
          {people.length > 8 && (
            <input
              className="field-box"
              aria-label={t('order.seek')}
              placeholder={t('order.seek')}
              value={sought}
              onChange={(event) => setSought(event.target.value)}
            />
          )}
          <div className="people-list">
            {people
              .filter(({ name, login }) => `${name} ${login}`.includes(sought.trim()))
              .map((one) => (
                <label key={one.login}>
                  <input
                    type={several ? 'checkbox' : 'radio'}
                    name="person"
                    checked={chosen.includes(one.login)}
                    onChange={() => toggle(one.login)}
                  />
                  <b>{one.name}</b>
                  <span className="muted">
                    {say(one.roleName)} · {one.unitId}
                  </span>
                </label>
              ))}
          </div>
        </fieldset>
      )}
    </Answer>
  );
}
