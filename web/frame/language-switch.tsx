import { changeSettings, useSettings } from '../settings.ts';

/** The other language, named in itself. */
export function LanguageSwitch() {
  const { language } = useSettings();
  const other = language === 'en' ? 'zh-CN' : 'en';
  return (
    <button
      type="button"
      className="quiet"
      lang={other}
      onClick={() => changeSettings({ language: other })}
    >
      {language === 'en' ? '中文' : 'English'}
    </button>
  );
}
