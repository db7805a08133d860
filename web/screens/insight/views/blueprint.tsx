import { useTranslation } from 'react-i18next';
import type { ViewsAnswer } from '../../../../src/contract/insight/views.ts';
import { Scroll } from '../../../parts/scroll.tsx';
import { useNames } from './names.ts';

const lanes = ['customer', 'front', 'back', 'support'] as const;
const box = { width: 104, height: 38, gapX: 26, gapY: 10, left: 84, pad: 14 };

type Placed = { readonly x: number; readonly y: number };

/** 服务蓝图: steps by lane from the customer down, and the line the customer does not see past. */
export function BlueprintView({ of }: { of: ViewsAnswer }) {
  const { t } = useTranslation();
  const names = useNames(of);
  const { steps, links, columns } = of.blueprint;
  const bands = bandsOf(of);
  const width = box.left + columns * (box.width + box.gapX) + box.pad;
  const height = bands.at(-1)?.to ?? 0;
  const places = new Map<string, Placed>();
  for (const { stepId, lane, column, row } of steps) {
    const top = bands.find((band) => band.lane === lane)?.from ?? 0;
    const x = box.left + column * (box.width + box.gapX);
    places.set(stepId, { x, y: top + box.pad + row * (box.height + box.gapY) });
  }
  return (
    <Scroll label={t('view.blueprint')} className="map-box">
      <svg className="blueprint" width={width} height={height} role="img">
        <title>{t('view.blueprint')}</title>
        {bands.map(({ lane, from, to }) => (
          <g key={lane}>
            <rect className={`band ${lane}`} x={0} y={from} width={width} height={to - from} />
            <text className="lane-name" x={8} y={from + 18}>
              {t(`viewLane.${lane}`)}
            </text>
            <line className="boundary" x1={0} x2={width} y1={to} y2={to} />
          </g>
        ))}
        <VisibilityLine y={bands.find(({ lane }) => lane === 'front')?.to ?? 0} width={width} />
        {links.map(({ from, to, back }) => (
          <path
            key={`${from} ${to}`}
            className={back ? 'link-line back' : 'link-line'}
            d={wayOf(places.get(from), places.get(to), back)}
          />
        ))}
        {steps.map(({ stepId }) => {
          const { x, y } = places.get(stepId) ?? { x: 0, y: 0 };
          return (
            <g key={stepId}>
              <title>{names.step(stepId)}</title>
              <rect x={x} y={y} width={box.width} height={box.height} rx={3} />
              {linesOf(names.step(stepId)).map((line, k, all) => (
                <text
                  key={line}
                  x={x + box.width / 2}
                  y={y + box.height / 2 + 4 + (k - (all.length - 1) / 2) * 14}
                  textAnchor="middle"
                >
                  {line}
                </text>
              ))}
            </g>
          );
        })}
      </svg>
    </Scroll>
  );
}

function VisibilityLine({ y, width }: { y: number; width: number }) {
  const { t } = useTranslation();
  return (
    <>
      <line className="visibility" x1={0} x2={width} y1={y} y2={y} />
      <text className="line-name" x={8} y={y - 5}>
        {t('views.visibility')}
      </text>
    </>
  );
}

/** How tall each lane is: as many rows as its fullest column, and room for its name. */
function bandsOf({ blueprint }: ViewsAnswer) {
  let from = 0;
  return lanes.map((lane) => {
    const own = blueprint.steps.filter((step) => step.lane === lane);
    const rows = Math.max(1, ...own.map(({ row }) => row + 1));
    const to = from + rows * (box.height + box.gapY) + 2 * box.pad;
    const band = { lane, from, to };
    from = to;
    return band;
  });
}

/** From the right side of one box to the left side of the other; back: over the tops. */
function wayOf(from: Placed | undefined, to: Placed | undefined, back: boolean): string {
  if (from === undefined || to === undefined) return '';
  const middle = box.height / 2;
  if (back) {
    const [x1, x2] = [from.x + box.width / 2, to.x + box.width / 2];
    const top = Math.min(from.y, to.y) - 8;
    return `M${x1} ${from.y}C${x1} ${top} ${x2} ${top} ${x2} ${to.y}`;
  }
  const [x1, x2] = [from.x + box.width, to.x];
  const bend = Math.max(12, (x2 - x1) / 2);
  return `M${x1} ${from.y + middle}C${x1 + bend} ${from.y + middle} ${x2 - bend} ${to.y + middle} ${x2} ${to.y + middle}`;
}

/** A name on at most two lines that fit the box; Chinese characters count twice. */
function linesOf(name: string): string[] {
  const most = 17;
  const wide = (text: string) => [...text].reduce((sum, each) => sum + (each > '⺀' ? 2 : 1), 0);
  if (wide(name) <= most) return [name];
  const parts = /[⺀-鿿]/.test(name) ? [...name] : name.split(/(?<= )/);
  const lines: string[] = [''];
  for (const part of parts) {
    const last = lines.length - 1;
    if (wide((lines[last] ?? '') + part) > most && lines[last] !== '') lines.push(part);
    else lines[last] += part;
  }
  const [first = '', second = '', ...more] = lines;
  return [first.trim(), more.length > 0 ? `${second.trim()}…` : second.trim()];
}
