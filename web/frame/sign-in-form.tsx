import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SignInAnswer } from '../../src/contract/session.ts';
import { signIn } from '../api/commands.ts';
import { sessionQuery } from '../api/queries.ts';
import { RefusalNotice } from '../parts/refusal.tsx';

/** Login and password. Here Enter may send: nothing is decided or posted by it. */
export function SignInForm({ onSignedIn }: { onSignedIn: (session: SignInAnswer) => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [login, setLogin] = useState('');
  const [password, setPassword] = useState('');
  const enter = useMutation({
    mutationFn: () => signIn(login.trim(), password),
    onSuccess: ({ token: _token, ...session }) => {
      client.setQueryData(sessionQuery.queryKey, session);
      onSignedIn({ token: _token, ...session });
    },
  });
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        if (login.trim() !== '' && password !== '') enter.mutate();
      }}
    >
      <label htmlFor="login">
        {t('signIn.login')}
        <Input
          size="large"
          id="login"
          name="login"
          autoComplete="username"
          value={login}
          onChange={(event) => setLogin(event.target.value)}
        />
      </label>
      <label htmlFor="password">
        {t('signIn.password')}
        <Input
          size="large"
          id="password"
          name="password"
          type="password"
          autoComplete="current-password"
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
      </label>
      {enter.isError && <RefusalNotice error={enter.error} />}
      <Button type="primary" size="large" htmlType="submit" disabled={enter.isPending} block>
        {t('signIn.enter')}
      </Button>
    </form>
  );
}
