import { useQueryClient } from '@tanstack/react-query';
import { Modal } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { onSessionEnded } from '../api/request.ts';
import { SignInForm } from './sign-in-form.tsx';

/** When a session ends in the middle of work: sign in over the page and go on, nothing is lost. */
export function SessionDialog() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [ended, setEnded] = useState(false);
  const body = useRef<HTMLDivElement>(null);
  useEffect(() => onSessionEnded(() => setEnded(true)), []);
  useEffect(() => {
    document.querySelector('.frame')?.toggleAttribute('inert', ended);
  }, [ended]);
  const goOn = async () => {
    setEnded(false);
    await client.invalidateQueries();
  };
  return (
    <Modal
      open={ended}
      closable={false}
      keyboard={false}
      mask={{ closable: false }}
      footer={null}
      width={380}
      title={t('signIn.again')}
      afterOpenChange={(shown) => shown && body.current?.querySelector('input')?.focus()}
    >
      <div ref={body}>
        <p className="muted">{t('signIn.againWhy')}</p>
        {ended && <SignInForm onSignedIn={() => void goOn()} />}
      </div>
    </Modal>
  );
}
