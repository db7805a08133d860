import { expect, test } from 'vitest';
import { type ThemeName, type TokenName, tokens } from './tokens.ts';

/** WCAG 2.2 relative luminance of '#rrggbb'. */
function luminance(colour: string): number {
  const channels = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255);
  const [red = 0, green = 0, blue = 0] = channels.map((part) =>
    part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4,
  );
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(a: string, b: string): number {
  const [high = 0, low = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (high + 0.05) / (low + 0.05);
}

const pairs: readonly (readonly [text: TokenName, ground: TokenName])[] = [
  ...(['bg', 'paper', 'raised', 'well', 'tab', 'accentWeak'] as const).map(
    (ground) => ['ink', ground] as const,
  ),
  ...(['bg', 'paper', 'raised', 'well', 'tab'] as const).map((ground) => ['ink2', ground] as const),
  ...(['bg', 'paper', 'raised', 'accentWeak'] as const).map(
    (ground) => ['accent', ground] as const,
  ),
  ['onAccent', 'accent'],
  ...(['done', 'run', 'wait', 'soon', 'bad', 'second'] as const).flatMap(
    (status) =>
      [
        [status, `${status}Weak`],
        [status, 'paper'],
      ] as const,
  ),
];

const rows = (['light', 'dark'] as const).flatMap((theme) =>
  pairs.map(([text, ground]) => [theme, text, ground] as [ThemeName, TokenName, TokenName]),
);

test.each(rows)('%s: %s on %s reads at 4.5:1 or more', (theme, text, ground) => {
  expect(contrast(tokens[theme][text], tokens[theme][ground])).toBeGreaterThanOrEqual(4.5);
});
