import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SignInAnswer, User } from '../../../src/contract/session.ts';
import { signIn } from '../../api/commands.ts';
import { demoPeopleQuery, sessionQuery } from '../../api/queries.ts';
import { useBilingual } from '../../frame/session.ts';
import { RefusalNotice } from '../../parts/refusal.tsx';

/** The one password of the demo bank, which never runs in production. */
const demoPassword = 'huiliu-demo';

/** Who can be tried out; only a demo bank answers this question. */
export function DemoPeople({ onSignedIn }: { onSignedIn: (session: SignInAnswer) => void }) {
  const { t } = useTranslation();
  const say = useBilingual();
  const client = useQueryClient();
  const [typed, setTyped] = useState('');
  const people = useQuery(demoPeopleQuery).data?.people ?? [];
  const enter = useMutation({
    mutationFn: (login: string) => signIn(login, demoPassword),
    onSuccess: ({ token, ...session }) => {
      client.setQueryData(sessionQuery.queryKey, session);
      onSignedIn({ token, ...session });
    },
  });
  if (people.length === 0) return null;
  const about = (user: User) =>
    [
      user.position === null ? undefined : say(user.position),
      user.unit === null ? undefined : say(user.unit.name),
    ].filter((part) => part !== undefined);
  const fitting = people.filter((user) =>
    [user.name, user.login, ...about(user)].some((text) => text.includes(typed.trim())),
  );
  return (
    <section className="demo-people" aria-label={t('signIn.demo')}>
      <h3>{t('signIn.demo')}</h3>
      <p className="muted small">{t('signIn.demoWhy')}</p>
      <input
        className="field-box"
        aria-label={t('signIn.demoFind')}
        placeholder={t('signIn.demoFind')}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
      {enter.isError && <RefusalNotice error={enter.error} />}
      <ul>
        {fitting.map((user) => (
          <li key={user.login}>
            <button
              type="button"
              disabled={enter.isPending}
              onClick={() => enter.mutate(user.login)}
            >
              <b>{user.name}</b>
              <span className="muted">{about(user).join(' · ')}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
