/**
 * Every colour of the console, by theme. Text pairs keep a contrast of 4.5:1 or more (tested).
 * Status colours are only for status, the accent only for what can be acted on.
 */
export type Tokens = Readonly<Record<TokenName, string>>;
export type ThemeName = 'light' | 'dark';

export type TokenName =
  | 'bg'
  | 'paper'
  | 'raised'
  | 'well'
  | 'tab'
  | 'ink'
  | 'ink2'
  | 'line'
  | 'line2'
  | 'edge'
  | 'accent'
  | 'onAccent'
  | 'accentWeak'
  | 'done'
  | 'doneWeak'
  | 'run'
  | 'runWeak'
  | 'wait'
  | 'waitWeak'
  | 'soon'
  | 'soonWeak'
  | 'bad'
  | 'badWeak'
  | 'second'
  | 'secondWeak'
  | 'disabled'
  | 'shadow';

export const tokens: Readonly<Record<ThemeName, Tokens>> = {
  light: {
    bg: '#f5f6f7',
    paper: '#ffffff',
    raised: '#ffffff',
    well: '#eef1f2',
    tab: '#e4e8ea',
    ink: '#1b2126',
    ink2: '#5a6670',
    line: '#e1e5e8',
    line2: '#eef1f3',
    edge: '#c3cbd0',
    accent: '#0b6e75',
    onAccent: '#ffffff',
    accentWeak: '#e3f1f1',
    done: '#2a7347',
    doneWeak: '#eff8f2',
    run: '#1f66b0',
    runWeak: '#eef5fc',
    wait: '#5f6b74',
    waitWeak: '#f1f3f4',
    soon: '#945600',
    soonWeak: '#fdf6e8',
    bad: '#b3261e',
    badWeak: '#fdf0ef',
    second: '#6a4fb3',
    secondWeak: '#f5f2fd',
    disabled: '#9aa4ab',
    shadow: 'rgba(20, 30, 36, 0.18)',
  },
  dark: {
    bg: '#0f1417',
    paper: '#171d21',
    raised: '#1e262b',
    well: '#11171a',
    tab: '#1b2328',
    ink: '#e2e8eb',
    ink2: '#9eabb4',
    line: '#2a3339',
    line2: '#222a2f',
    edge: '#46535b',
    accent: '#46b0b5',
    onAccent: '#0b1214',
    accentWeak: '#16343a',
    done: '#6cc08b',
    doneWeak: '#14291d',
    run: '#74b0ee',
    runWeak: '#14263a',
    wait: '#a3aeb6',
    waitWeak: '#22292e',
    soon: '#e0a24a',
    soonWeak: '#2e2413',
    bad: '#f0877f',
    badWeak: '#351b1a',
    second: '#b6a1ee',
    secondWeak: '#272039',
    disabled: '#6d7981',
    shadow: 'rgba(0, 0, 0, 0.6)',
  },
};

/** System fonts first: the bank's machines have them, nothing is loaded. */
export const fontFamily =
  '"PingFang SC", "Microsoft YaHei", "Noto Sans SC", "Noto Sans CJK SC", system-ui, sans-serif';

/** Writes the theme's colours as CSS variables (`--ink2`) onto the page. */
export function applyTokens(name: ThemeName): void {
  const root = document.documentElement;
  root.dataset['theme'] = name;
  root.style.colorScheme = name;
  for (const [token, value] of Object.entries(tokens[name])) {
    root.style.setProperty(`--${kebab(token)}`, value);
  }
  root.style.setProperty('--font', fontFamily);
}

function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
