import { useTranslation } from 'react-i18next';
import { NavLink, useLocation, useNavigate } from 'react-router';
import { useKeys } from './keys.ts';
import { closeTab, useTabs } from './page-tabs.ts';

/** The pages a person works in, as links; Delete on a link or the cross closes it. */
export function TabBar() {
  const { t } = useTranslation();
  const tabs = useTabs();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const close = (path: string) => {
    const next = closeTab(path);
    if (path === pathname) void navigate(next ? next.path + next.search : '/desk');
  };
  useKeys([{ key: 'w', label: 'keys.closeTab', act: () => close(pathname) }]);
  return (
    <nav className="tabs" aria-label={t('frame.pages')}>
      {tabs.map((tab) => (
        <span key={tab.path} className={tab.path === pathname ? 'tab on' : 'tab'}>
          <NavLink
            to={tab.path + tab.search}
            end
            title={tab.title}
            onKeyDown={(event) => event.key === 'Delete' && close(tab.path)}
          >
            {tab.title}
          </NavLink>
          <button
            type="button"
            className="close"
            tabIndex={-1}
            aria-label={t('frame.closePage', { title: tab.title })}
            onClick={() => close(tab.path)}
          >
            ×
          </button>
        </span>
      ))}
    </nav>
  );
}
