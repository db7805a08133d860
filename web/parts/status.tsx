import type { ReactNode } from 'react';
import { Icon, type IconName } from './icon.tsx';

/** The six meanings a status colour can have. */
export type StatusKind = 'done' | 'run' | 'wait' | 'soon' | 'bad' | 'second';

/** A status: colour, icon and word together, never colour alone. */
export function Status({
  kind,
  icon,
  children,
}: {
  kind: StatusKind;
  icon?: IconName;
  children: ReactNode;
}) {
  return (
    <span className={`status ${kind}`}>
      <Icon name={icon ?? kind} size={12} />
      {children}
    </span>
  );
}
