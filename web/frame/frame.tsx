import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { NavLink, Outlet, ScrollRestoration, useNavigate } from 'react-router';
import { startLive, useLine } from '../api/live.ts';
import { healthQuery } from '../api/queries.ts';
import { Icon } from '../parts/icon.tsx';
import { timeOf } from '../parts/time.ts';
import { changeSettings, useSettings } from '../settings.ts';
import { listenForKeys, useKeys } from './keys.ts';
import { KeysOverlay } from './keys-overlay.tsx';
import { useSession } from './session.ts';
import { SessionDialog } from './session-dialog.tsx';
import { TabBar } from './tab-bar.tsx';
import { TopBar } from './top-bar.tsx';
import { useWaiting } from './waiting.ts';
import { workspacesOf } from './workspaces.ts';

/** Everything around a page of the staff's console. */
export function Frame() {
  const client = useQueryClient();
  const navigate = useNavigate();
  const { user } = useSession();
  const { narrowNavigation } = useSettings();
  const [overlay, setOverlay] = useState(false);
  useEffect(() => startLive(client), [client]);
  useEffect(listenForKeys, []);
  useKeys([
    { key: '?', label: 'keys.overlay', act: () => setOverlay(true) },
    ...workspacesOf(user).map((workspace) => ({
      key: `g ${workspace.letter}`,
      label: `workspace.${workspace.id}`,
      act: () => void navigate(workspace.path),
    })),
  ]);
  return (
    <>
      <div className={narrowNavigation ? 'frame narrow' : 'frame'}>
        <TopBar />
        <Notices />
        <Navigation />
        <TabBar />
        <main className="page" id="page" tabIndex={-1}>
          <Outlet />
        </main>
      </div>
      <KeysOverlay open={overlay} onClose={() => setOverlay(false)} />
      <SessionDialog />
      <ScrollRestoration />
    </>
  );
}

function Navigation() {
  const { t } = useTranslation();
  const { user } = useSession();
  const { narrowNavigation } = useSettings();
  const waiting = useWaiting();
  return (
    <nav className="navigation" aria-label={t('frame.workspaces')}>
      {workspacesOf(user).map((workspace) => (
        <NavLink
          key={workspace.id}
          to={workspace.path}
          title={`${t(`workspace.${workspace.id}`)} · G ${workspace.letter.toUpperCase()}`}
        >
          <Icon name={workspace.icon} />
          <span className="label">{t(`workspace.${workspace.id}`)}</span>
          {workspace.id === 'desk' && waiting !== undefined && waiting > 0 && (
            <span className="count">{waiting}</span>
          )}
        </NavLink>
      ))}
      <button
        type="button"
        className="fold"
        aria-expanded={!narrowNavigation}
        onClick={() => changeSettings({ narrowNavigation: !narrowNavigation })}
      >
        <Icon name={narrowNavigation ? 'unfold' : 'fold'} />
        <span className={narrowNavigation ? 'sr-only' : 'label'}>
          {t(narrowNavigation ? 'frame.unfold' : 'frame.fold')}
        </span>
      </button>
    </nav>
  );
}

/** What is wrong with the line or the server, and since when. */
function Notices() {
  const { t } = useTranslation();
  const line = useLine();
  const health = useQuery(healthQuery).data;
  const notReady = health?.status === 'not_ready';
  if (line.open && !notReady) return null;
  return (
    <div className="notice" role="status">
      <Icon name="bad" size={14} />
      {notReady ? t('frame.notReady') : t('frame.lineLost', { since: timeOf(line.since) })}
    </div>
  );
}
