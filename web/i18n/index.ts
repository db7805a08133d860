import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { Language } from '../settings.ts';

const texts = {
  'zh-CN': () => import('./zh-CN.json', { with: { type: 'json' } }),
  en: () => import('./en.json', { with: { type: 'json' } }),
} as const;

/** Texts of pages that are opened seldom: they come with the page, not with the first load. */
const laterTexts = {
  'zh-CN': () => import('./indicators/zh-CN.json', { with: { type: 'json' } }),
  en: () => import('./indicators/en.json', { with: { type: 'json' } }),
} as const;
let laterWanted = false;
const laterLoaded = new Set<Language>();

async function load(language: Language): Promise<void> {
  if (!i18next.hasResourceBundle(language, 'translation')) {
    const module = await texts[language]();
    i18next.addResourceBundle(language, 'translation', module.default);
  }
  if (!laterWanted || laterLoaded.has(language)) return;
  const later = await laterTexts[language]();
  i18next.addResourceBundle(language, 'translation', later.default, true, true);
  laterLoaded.add(language);
}

/** Loads the texts of indicators and views; a page that shows them waits for this. */
export async function loadLaterTexts(): Promise<void> {
  laterWanted = true;
  await load(i18next.language as Language);
}

/** Prepares the texts of the first language; a missing key is a bug and stops the page. */
export async function startTexts(language: Language): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    resources: {},
    keySeparator: false,
    nsSeparator: false,
    interpolation: { escapeValue: false },
    returnNull: false,
    parseMissingKeyHandler: (key: string) => {
      throw new Error(`no text for ${key}`);
    },
  });
  await changeTexts(language);
}

export async function changeTexts(language: Language): Promise<void> {
  await load(language);
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
}

/** A text outside of React, such as in a title. */
export function text(key: string, values: Record<string, unknown> = {}): string {
  return i18next.t(key, values);
}
