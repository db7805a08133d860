import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { healthQuery } from '../../api/queries.ts';
import { usePageTitle } from '../../frame/page-tabs.ts';
import { useBilingual, useSession } from '../../frame/session.ts';
import { Answer } from '../../parts/ask.tsx';
import { Pair } from '../../parts/facts.tsx';
import { Status } from '../../parts/status.tsx';
import { changeSettings, type Settings, useSettings } from '../../settings.ts';

/** What a person chooses for themselves, who they are for the bank, and how the system is. */
export function Screen() {
  const { t } = useTranslation();
  usePageTitle(t('workspace.settings'));
  return (
    <>
      <div className="head">
        <h1>{t('workspace.settings')}</h1>
      </div>
      <div className="settings">
        <Choices />
        <Myself />
        <Health />
      </div>
    </>
  );
}

function Choices() {
  const { t } = useTranslation();
  const settings = useSettings();
  return (
    <section className="pane">
      <h2>{t('settings.mine')}</h2>
      <div className="form-field">
        <label htmlFor="language">{t('settings.language')}</label>
        <select
          id="language"
          className="field-box"
          value={settings.language}
          onChange={(event) =>
            changeSettings({ language: event.target.value as Settings['language'] })
          }
        >
          <option value="zh-CN">中文</option>
          <option value="en">English</option>
        </select>
      </div>
      <div className="form-field">
        <label htmlFor="theme">{t('settings.theme')}</label>
        <select
          id="theme"
          className="field-box"
          value={settings.theme}
          onChange={(event) => changeSettings({ theme: event.target.value as Settings['theme'] })}
        >
          {(['system', 'light', 'dark'] as const).map((theme) => (
            <option key={theme} value={theme}>
              {t(`settings.theme.${theme}`)}
            </option>
          ))}
        </select>
      </div>
      <div className="check-row">
        <label>
          <input
            type="checkbox"
            checked={settings.letterKeys}
            onChange={(event) => changeSettings({ letterKeys: event.target.checked })}
          />
          {t('settings.letterKeys')}
        </label>
      </div>
    </section>
  );
}

function Myself() {
  const { t } = useTranslation();
  const { user, accountingDate } = useSession();
  const say = useBilingual();
  return (
    <section className="pane">
      <h2>{t('settings.myself')}</h2>
      <dl className="key-values">
        <Pair label={t('signIn.login')}>{user.login}</Pair>
        <Pair label={t('settings.name')}>{user.name}</Pair>
        <Pair label={t('frame.teller')}>{user.tellerNumber ?? '–'}</Pair>
        <Pair label={t('frame.unit')}>
          {user.unit === null ? '–' : `${user.unit.unitId} ${say(user.unit.name)}`}
        </Pair>
        <Pair label={t('settings.position')}>
          {user.position === null ? '–' : say(user.position)}
        </Pair>
        <Pair label={t('settings.roles')}>
          {user.roles.map((role) => `${say(role.name)} (${role.unitId})`).join(' · ')}
        </Pair>
        <Pair label={t('frame.accountingDate')}>{accountingDate ?? '–'}</Pair>
      </dl>
    </section>
  );
}

function Health() {
  const { t } = useTranslation();
  const health = useQuery(healthQuery);
  return (
    <section className="pane">
      <h2>{t('settings.health')}</h2>
      <Answer of={health}>
        {(answer) => (
          <dl className="key-values">
            <Pair label={t('settings.server')}>
              <Status kind={answer.status === 'ready' ? 'done' : 'bad'}>
                {t(answer.status === 'ready' ? 'frame.ready' : 'frame.notReady')}
              </Status>
            </Pair>
            <Pair label={t('settings.database')}>
              <Status kind={answer.checks.database === 'ok' ? 'done' : 'bad'}>
                {t(answer.checks.database === 'ok' ? 'frame.ready' : 'settings.failed')}
              </Status>
            </Pair>
            <Pair label={t('settings.version')}>{answer.version}</Pair>
          </dl>
        )}
      </Answer>
    </section>
  );
}
