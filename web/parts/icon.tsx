/** Icons of the console as strokes on a 16 x 16 field; they take the colour of the text. */
const strokes = {
  desk: 'M2 3.5h12v9H2zM2 9h3.5l1 1.5h3L10.5 9H14',
  customers:
    'M8 7.5a2.7 2.7 0 1 0 0-5.4 2.7 2.7 0 0 0 0 5.4zM2.5 14c.4-3 2.7-4.5 5.5-4.5s5.1 1.5 5.5 4.5',
  process: 'M1.5 5.5h4v4h-4zM10.5 2h4v4h-4zM10.5 10h4v4h-4zM5.5 7.5h2.5V4h2.5M8 7.5V12h2.5',
  operations: 'M2 14V7M6 14V3M10 14V9M14 14V5',
  insight: 'M7 12A5 5 0 1 0 7 2a5 5 0 0 0 0 10zM10.7 10.7 14 14M5 7.5V9M7 5v4M9 6.5V9',
  settings: 'M2 4.5h7M12 4.5h2M2 11.5h2M7 11.5h7M9 2.5v4M4.5 9.5v4',
  fold: 'M10 3 5 8l5 5',
  unfold: 'M6 3l5 5-5 5',
  done: 'M3 8.5l3.5 3.5L13 5',
  run: 'M5 3.5l7 4.5-7 4.5z',
  wait: 'M8 4.5V8l2.5 1.5M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12z',
  soon: 'M8 5v3.5M8 11v.5M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12z',
  bad: 'M8 2.5 14.5 13.5h-13zM8 6.5v3.5M8 11.7v.3',
  second: 'M8 2v12M4 14h8M2 5h12M2 5l-1 4.5h4zM14 5l-1 4.5h4z',
  dot: 'M8 10a2 2 0 1 0 0-4 2 2 0 0 0 0 4z',
  paper: 'M3.5 1.5h6l3 3v10h-9zM9.5 1.5v3h3M5.5 8h5M5.5 11h5',
  print: 'M4 6V2h8v4M4 12H2V6h12v6h-2M4 10h8v4H4z',
} as const;

export type IconName = keyof typeof strokes;

export function Icon({ name, size = 16 }: { name: IconName; size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 16 16" fill="none" aria-hidden="true">
      <path
        d={strokes[name]}
        stroke="currentColor"
        strokeWidth="1.4"
        strokeLinecap="round"
        strokeLinejoin="round"
        fill={name === 'dot' || name === 'run' ? 'currentColor' : 'none'}
      />
    </svg>
  );
}
