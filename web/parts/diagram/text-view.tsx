import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon, type IconName } from '../icon.tsx';
import { type OutlineNode, outlineOf, passedElements } from './model.ts';

/** A model in words: lane by lane, each step with its kind, its name and where it leads. */
export function TextView({
  xml,
  standing,
  flowsTaken,
}: {
  xml: string;
  standing: ReadonlySet<string>;
  flowsTaken: readonly string[];
}) {
  const { t } = useTranslation();
  const lanes = useMemo(() => outlineOf(xml), [xml]);
  const passed = useMemo(() => new Set(passedElements(xml, flowsTaken)), [xml, flowsTaken]);
  return (
    <div className="tree">
      {lanes.map((lane) => (
        <section key={lane.id} aria-label={lane.name}>
          <h3>{lane.name || t('diagram.noLane')}</h3>
          <ul>
            {lane.nodes.map((node) => (
              <li key={node.id} className={standing.has(node.id) ? 'standing' : ''}>
                <Where standing={standing.has(node.id)} passed={passed.has(node.id)} />
                <span className="type">{t(`element.${node.type}`)}</span>
                <Step node={node} />
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

function Where({ standing, passed }: { standing: boolean; passed: boolean }) {
  const { t } = useTranslation();
  const [icon, label]: [IconName, string] = standing
    ? ['run', t('diagram.standing')]
    : ['done', t('diagram.passed')];
  if (!standing && !passed) return <span />;
  return (
    <span title={label} className={standing ? 'accent' : 'passed'}>
      <Icon name={icon} size={13} />
      <span className="sr-only">{label}</span>
    </span>
  );
}

function Step({ node }: { node: OutlineNode }) {
  const { t } = useTranslation();
  return (
    <div>
      <div>
        {node.name || t(`element.${node.type}`)}
        {node.attachedTo !== null && (
          <span className="muted"> · {t('diagram.attachedTo', { name: node.attachedTo })}</span>
        )}
      </div>
      {node.documentation !== null && <div className="muted small">{node.documentation}</div>}
      {node.next.length > 0 && (
        <div className="next">
          {node.next.map(({ flow, to }) => `${flow === '' ? '' : `${flow} `}→ ${to}`).join('　')}
        </div>
      )}
    </div>
  );
}
