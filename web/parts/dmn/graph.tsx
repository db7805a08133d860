import { useTranslation } from 'react-i18next';
import type { DecisionFile } from '../../../src/contract/decisions.ts';
import { useName } from '../../frame/session.ts';
import { Scroll } from '../scroll.tsx';
import {
  type GraphNode,
  layoutGraph,
  nodeHeight,
  nodeWidth,
  type PlacedNode,
} from './graph-layout.ts';
import { headText, listText } from './readable.ts';
import '../../styles/decision.css';

/** The requirements of a file as a drawing, and beside it the same in words. */
export function RequirementsGraph({ file }: { file: DecisionFile }) {
  const { t, i18n } = useTranslation();
  const name = useName();
  const nodes = nodesOf(file, name, i18n.language);
  const { nodes: placed, edges, width, height } = layoutGraph(nodes);
  return (
    <>
      <Scroll className="scroll-x drg" label={t('dmn.graph')}>
        <svg
          width={width + 8}
          height={height + 8}
          viewBox={`-4 -4 ${width + 8} ${height + 8}`}
          role="img"
          aria-label={t('dmn.graph')}
        >
          <defs>
            <marker
              id="drg-arrow"
              viewBox="0 0 10 10"
              refX="9"
              refY="5"
              markerWidth="8"
              markerHeight="8"
              orient="auto"
            >
              <path d="M0 0L10 5L0 10z" />
            </marker>
          </defs>
          {edges.map(({ from, to }) => (
            <line
              key={`${from.id} ${to.id}`}
              className={from.kind === 'knowledge' ? 'edge knowledge' : 'edge'}
              markerEnd="url(#drg-arrow)"
              x1={from.x + nodeWidth / 2}
              y1={from.y}
              x2={to.x + nodeWidth / 2}
              y2={to.y + nodeHeight}
            />
          ))}
          {placed.map((node) => (
            <Shape key={node.id} node={node} />
          ))}
        </svg>
      </Scroll>
      <ul className="small drg-words">
        {placed
          .filter((node) => node.requires.length > 0)
          .map((node) => (
            <li key={node.id}>
              <b>{node.name}</b> <span className="muted">{t('dmn.needs')}</span>{' '}
              {listText(
                node.requires.map((id) => placed.find((one) => one.id === id)?.name ?? id),
                i18n.language,
              )}
            </li>
          ))}
      </ul>
    </>
  );
}

type Named = (named: { readonly name: string; readonly nameEn: string }) => string;

function nodesOf(file: DecisionFile, name: Named, language: string): readonly GraphNode[] {
  return [
    ...file.inputs.map((one) => ({
      ...{ id: one.id, name: headText(one.label, language) },
      ...{ kind: 'input' as const, requires: [] },
    })),
    ...file.knowledge.map((one) => ({
      ...{ id: one.id, name: name(one), kind: 'knowledge' as const, requires: one.requires },
    })),
    ...file.decisions.map((one) => ({
      ...{ id: one.id, name: name(one), kind: 'decision' as const, requires: one.requires },
    })),
    ...file.services.map((one) => ({
      ...{ id: one.id, name: one.name, kind: 'service' as const, requires: one.outputs },
    })),
  ];
}

function Shape({ node }: { node: PlacedNode }) {
  const { x, y, kind, name } = node;
  const [w, h, cut] = [nodeWidth, nodeHeight, 12];
  const corner = `M${x + cut} ${y}H${x + w}V${y + h - cut}L${x + w - cut} ${y + h}H${x}V${y + cut}Z`;
  return (
    <g className={`node ${kind}`}>
      {kind === 'knowledge' ? (
        <path d={corner} />
      ) : (
        <rect
          x={x}
          y={y}
          width={w}
          height={h}
          rx={kind === 'input' ? h / 2 : kind === 'service' ? 12 : 0}
        />
      )}
      {kind === 'service' && <line x1={x} y1={y + h / 2} x2={x + w} y2={y + h / 2} />}
      <title>{name}</title>
      <text x={x + w / 2} y={y + h / 2 + 4} textAnchor="middle">
        {shortened(name)}
      </text>
    </g>
  );
}

/** Characters that fit; a Chinese one is as wide as two others. */
const unitsMax = 22;

function shortened(name: string): string {
  let units = 0;
  let text = '';
  for (const char of name) {
    units += /[\u2e80-\uffef]/.test(char) ? 2 : 1;
    if (units > unitsMax) return `${text}…`;
    text += char;
  }
  return text;
}
