import { useTranslation } from 'react-i18next';
import { useNavigate, useSearchParams } from 'react-router';
import type { SignInAnswer } from '../../../src/contract/session.ts';
import { useFirstFocus } from '../../frame/keys.ts';
import { LanguageSwitch } from '../../frame/language-switch.tsx';
import { homeOf } from '../../frame/session.ts';
import { SignInForm } from '../../frame/sign-in-form.tsx';
import { changeSettings, useThemeName } from '../../settings.ts';
import { DemoPeople } from './demo-people.tsx';
import '../../styles/sign-in.css';

/** The door: login and password beside what the system is. */
export function Screen() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [search] = useSearchParams();
  const theme = useThemeName();
  useFirstFocus('input[name="login"]');
  const to = search.get('to') ?? '';
  const enter = ({ user }: SignInAnswer) =>
    void navigate(to.startsWith('/') && !to.startsWith('//') ? to : homeOf(user));
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
        <SignInForm onSignedIn={enter} />
        <DemoPeople onSignedIn={enter} />
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
    <svg
      viewBox="0 0 1200 420"
      preserveAspectRatio="xMidYMax slice"
      fill="none"
      stroke="currentColor"
      aria-hidden="true"
    >
      {[0, 1, 2, 3, 4].map((line) => (
        <path
          key={line}
          strokeWidth="2"
          d={`M0 ${40 + line * 16} C 420 ${40 + line * 16} 520 ${216 + line * 7} 1200 ${216 + line * 7}
             M0 ${400 - line * 16} C 420 ${400 - line * 16} 520 ${284 - line * 7} 1200 ${284 - line * 7}`}
        />
      ))}
    </svg>
  );
}
