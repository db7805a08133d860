import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Task } from '../../../src/contract/tasks.ts';
import { useKeys } from '../../frame/keys.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { AddSigner, CopyTo, HandOver, RemoveSigner } from './orders.tsx';
import { ReturnForm } from './return-task.tsx';

/** What a holder may do besides submitting, each with its letter. */
const orders = [
  ['return', 'r'],
  ['transfer', 't'],
  ['delegate', 'e'],
  ['addSigner', 's'],
  ['removeSigner', 'x'],
  ['copy', 'y'],
] as const;
type Order = (typeof orders)[number][0];

/** 更多: a compact menu of orders; the letters work without opening it. */
export function MoreMenu({ task, only }: { task: Task; only?: readonly Order[] }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const [order, setOrder] = useState<Order | null>(null);
  const anchor = useRef<HTMLDivElement>(null);
  const shown = orders.filter(([name]) => only === undefined || only.includes(name));
  useEffect(() => {
    if (!open) return;
    anchor.current?.querySelector<HTMLElement>('.menu button')?.focus();
    const outside = (event: PointerEvent) => {
      if (!anchor.current?.contains(event.target as Node)) setOpen(false);
    };
    window.addEventListener('pointerdown', outside);
    return () => window.removeEventListener('pointerdown', outside);
  }, [open]);
  const close = () => {
    setOpen(false);
    anchor.current?.querySelector<HTMLElement>('[aria-haspopup]')?.focus();
  };
  const choose = (name: Order) => {
    setOpen(false);
    setOrder(name);
  };
  useKeys([
    { key: 'm', label: 'order.more', act: () => setOpen(!open) },
    // Works while something is typed, where letters belong to the field.
    { key: 'F9', label: 'order.more', act: () => setOpen(!open) },
    ...shown.map(([name, key]) => ({ key, label: `order.${name}`, act: () => choose(name) })),
  ]);
  return (
    <div className="menu-anchor" ref={anchor}>
      {shown.some(([name]) => name === 'return') && (
        <button type="button" className="link small" onClick={() => choose('return')}>
          {t('task.return')}
        </button>
      )}
      <button
        type="button"
        className="link small"
        aria-haspopup="menu"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        {t('order.more')} <kbd>M</kbd>
      </button>
      {open && <Items shown={shown} onChoose={choose} onClose={close} />}
      <Dialog
        title={order === null ? '' : t(`order.${order}`)}
        open={order !== null}
        onClose={() => setOrder(null)}
      >
        {order !== null && <OrderOf order={order} task={task} onClose={() => setOrder(null)} />}
      </Dialog>
    </div>
  );
}

function Items({
  shown,
  onChoose,
  onClose,
}: {
  shown: readonly (readonly [Order, string])[];
  onChoose: (order: Order) => void;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  useKeys([{ key: 'Escape', label: 'keys.back', act: onClose }]);
  const walk = (by: 1 | -1) => {
    const items = [...document.querySelectorAll<HTMLElement>('.order-menu button')];
    const at = items.indexOf(document.activeElement as HTMLElement);
    items[(at + by + items.length) % items.length]?.focus();
  };
  return (
    <div
      className="menu order-menu"
      role="menu"
      tabIndex={-1}
      onKeyDown={(event) => {
        if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
        event.preventDefault();
        walk(event.key === 'ArrowDown' ? 1 : -1);
      }}
    >
      {shown.map(([name, key]) => (
        <button key={name} type="button" role="menuitem" onClick={() => onChoose(name)}>
          {t(`order.${name}`)}
          <kbd>{key.toUpperCase()}</kbd>
        </button>
      ))}
    </div>
  );
}

function OrderOf({ order, task, onClose }: { order: Order; task: Task; onClose: () => void }) {
  switch (order) {
    case 'return':
      return <ReturnForm task={task} />;
    case 'transfer':
    case 'delegate':
      return <HandOver task={task} onClose={onClose} lent={order === 'delegate'} />;
    case 'addSigner':
      return <AddSigner task={task} onClose={onClose} />;
    case 'removeSigner':
      return <RemoveSigner task={task} onClose={onClose} />;
    case 'copy':
      return <CopyTo task={task} onClose={onClose} />;
    default: {
      const never: never = order;
      return never;
    }
  }
}
