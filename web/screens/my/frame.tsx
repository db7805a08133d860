import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Outlet } from 'react-router';
import { startLive, useLine } from '../../api/live.ts';
import { listenForKeys } from '../../frame/keys.ts';
import { LanguageSwitch } from '../../frame/language-switch.tsx';
import { useSession } from '../../frame/session.ts';
import { SessionDialog } from '../../frame/session-dialog.tsx';
import { leave } from '../../frame/sign-out.ts';
import '../../styles/customer.css';

/** Around the customer's pages: phone first, no menu. */
export function CustomerFrame() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { user } = useSession();
  const line = useLine();
  useEffect(() => startLive(client), [client]);
  useEffect(listenForKeys, []);
  return (
    <>
      <div className="customer frame-of-customer">
        <header>
          <Link to="/my" className="brand">
            <b>汇流</b> Huiliu
          </Link>
          <span className="row spread">
            <LanguageSwitch />
            <button type="button" className="quiet" onClick={leave}>
              {t('frame.signOut')}
            </button>
          </span>
        </header>
        {!line.open && (
          <div className="notice" role="status">
            {t('my.lineLost')}
          </div>
        )}
        <main>
          <p className="muted small">{user.name}</p>
          <Outlet />
        </main>
      </div>
      <SessionDialog />
    </>
  );
}
