import { useTranslation } from 'react-i18next';
import { useNavigate, useSearchParams } from 'react-router';
import { useFirstFocus } from '../../frame/keys.ts';
import { LanguageSwitch } from '../../frame/language-switch.tsx';
import { homeOf } from '../../frame/session.ts';
import { SignInForm } from '../../frame/sign-in-form.tsx';
import { changeSettings, useThemeName } from '../../settings.ts';

/** The door: login and password beside what the system is. */
export function Screen() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [search] = useSearchParams();
  const theme = useThemeName();
  useFirstFocus('input[name="login"]');
  const to = search.get('to') ?? '';
  return (
    <div className="signing-in">
      <section className="plate">
        <h1>汇流 Huiliu</h1>
        <p>{t('signIn.claim')}</p>
        <ul>
          {['run', 'keep', 'control', 'improve'].map((part) => (
            <li key={part}>
              <b>{t(`signIn.${part}`)}</b> {t(`signIn.${part}Text`)}
            </li>
          ))}
        </ul>
        <Confluence />
      </section>
      <main className="box">
        <h2>{t('signIn.title')}</h2>
        <SignInForm
          onSignedIn={({ user }) =>
            void navigate(to.startsWith('/') && !to.startsWith('//') ? to : homeOf(user))
          }
        />
        <div className="foot">
          <LanguageSwitch />
          <button
            type="button"
            className="quiet"
            onClick={() => changeSettings({ theme: theme === 'dark' ? 'light' : 'dark' })}
          >
            {t(theme === 'dark' ? 'frame.light' : 'frame.dark')}
          </button>
        </div>
      </main>
    </div>
  );
}

/** Two streams that become one. */
function Confluence() {
  return (
    <svg viewBox="0 0 620 360" fill="none" stroke="currentColor" aria-hidden="true">
      {[0, 1, 2, 3, 4].map((line) => (
        <path
          key={line}
          strokeWidth="2"
          d={`M0 ${60 + line * 14} C 220 ${60 + line * 14} 260 ${190 + line * 6} 620 ${190 + line * 6}
             M0 ${330 - line * 14} C 220 ${330 - line * 14} 260 ${244 - line * 6} 620 ${244 - line * 6}`}
        />
      ))}
    </svg>
  );
}
