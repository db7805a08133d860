import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { signOff, signOn } from '../api/commands.ts';
import { healthQuery, sessionQuery } from '../api/queries.ts';
import { Status } from '../parts/status.tsx';
import { timeOf } from '../parts/time.ts';
import { changeSettings, useThemeName } from '../settings.ts';
import { CodeBox } from './code-box.tsx';
import { useKeys } from './keys.ts';
import { LanguageSwitch } from './language-switch.tsx';
import { homeOf, useBilingual, useMay, useSession } from './session.ts';
import { leave } from './sign-out.ts';
import { useWaiting } from './waiting.ts';

/** Brand, code box, accounting date, who I am for the bank, what waits, language, me. */
export function TopBar() {
  const { user } = useSession();
  return (
    <header className="top">
      <Link className="brand" to={homeOf(user)}>
        <b>汇流</b> Huiliu
      </Link>
      <CodeBox />
      <div className="status-line">
        <AccountingDate />
        <WhoAmI />
        <Waiting />
        <LanguageSwitch />
        <Me />
      </div>
    </header>
  );
}

function Waiting() {
  const { t } = useTranslation();
  const waiting = useWaiting();
  if (!useMay('work_tasks')) return null;
  return (
    <Link to="/desk" className="muted nowrap">
      {t('frame.waiting')} <b>{waiting ?? '–'}</b>
    </Link>
  );
}

function AccountingDate() {
  const { t } = useTranslation();
  const { accountingDate } = useSession();
  const health = useQuery(healthQuery).data;
  return (
    <>
      <span>
        {t('frame.accountingDate')} <b>{accountingDate ?? '–'}</b>
      </span>
      {health?.status === 'ready' && (
        <span title={`Huiliu ${health.version}`}>
          <Status kind="done" icon="dot">
            {t('frame.ready')}
          </Status>
        </span>
      )}
    </>
  );
}

/** 机构号, 柜员号 and position, as every slip bears them. */
function WhoAmI() {
  const { t } = useTranslation();
  const { user } = useSession();
  const say = useBilingual();
  const { unit, tellerNumber, employeeNumber, position } = user;
  return (
    <span className="who">
      {unit !== null && (
        <span className="who-unit">
          {t('frame.unit')} {unit.unitId} {say(unit.name)}
        </span>
      )}
      {tellerNumber !== null ? (
        <span>
          {t('frame.teller')} {tellerNumber}
        </span>
      ) : (
        <span>
          {t('frame.employee')} {employeeNumber}
        </span>
      )}
      {position !== null && <b className="who-post">{say(position)}</b>}
    </span>
  );
}

/** Closes an open menu by Escape or a press outside of it; the focus goes back to its button. */
function useMenu() {
  const [open, setOpen] = useState(false);
  const anchor = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!open) return;
    const outside = (event: PointerEvent) => {
      if (!anchor.current?.contains(event.target as Node)) setOpen(false);
    };
    window.addEventListener('pointerdown', outside);
    return () => window.removeEventListener('pointerdown', outside);
  }, [open]);
  const close = () => {
    setOpen(false);
    anchor.current?.querySelector('button')?.focus();
  };
  return { open, setOpen, anchor, close };
}

function Me() {
  const { t } = useTranslation();
  const { user } = useSession();
  const { open, setOpen, anchor, close } = useMenu();
  return (
    <div className="menu-anchor" ref={anchor}>
      <button
        type="button"
        className="quiet"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
        onKeyDown={(event) => event.key === 'ArrowDown' && setOpen(true)}
      >
        <b>{user.name}</b>
      </button>
      {open && <MyMenu close={close} hide={() => setOpen(false)} label={t('frame.me')} />}
    </div>
  );
}

function MyMenu({ close, hide, label }: { close: () => void; hide: () => void; label: string }) {
  const { t } = useTranslation();
  const say = useBilingual();
  const { user } = useSession();
  const theme = useThemeName();
  useKeys([{ key: 'Escape', label: 'keys.back', act: close }]);
  return (
    <nav className="menu" aria-label={label}>
      <div className="menu-note">
        <b>{user.name}</b>
        <span>{user.roles.map((role) => say(role.name)).join(' · ')}</span>
      </div>
      {user.kind === 'employee' && <SignOnButton />}
      <button
        type="button"
        onClick={() => changeSettings({ theme: theme === 'dark' ? 'light' : 'dark' })}
      >
        {t(theme === 'dark' ? 'frame.light' : 'frame.dark')}
      </button>
      {user.kind !== 'customer' && (
        <Link to="/settings" onClick={hide}>
          {t('workspace.settings')}
        </Link>
      )}
      <button type="button" onClick={leave}>
        {t('frame.signOut')}
      </button>
    </nav>
  );
}

/** 签到 begins the day at the own unit, 签退 ends it. */
function SignOnButton() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const session = useSession();
  const on = session.signOn !== null && session.signOn.signedOffAt === null;
  const change = useMutation({
    mutationFn: async (): Promise<unknown> => (on ? signOff() : signOn()),
    onSettled: () => client.invalidateQueries({ queryKey: sessionQuery.queryKey }),
  });
  return (
    <button type="button" disabled={change.isPending} onClick={() => change.mutate()}>
      {t(on ? 'frame.signOff' : 'frame.signOn')}
      {on && session.signOn !== null && (
        <span className="muted">{timeOf(session.signOn.signedOnAt)}</span>
      )}
    </button>
  );
}
