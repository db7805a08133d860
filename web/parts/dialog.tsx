import { Modal } from 'antd';
import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';

/** A dialog over an inert frame; its first field has the focus, Escape closes it. */
export function Dialog({
  title,
  open,
  onClose,
  children,
}: {
  title: string;
  open: boolean;
  onClose: () => void;
  children: ReactNode;
}) {
  const { t } = useTranslation();
  const body = useRef<HTMLDivElement>(null);
  useEffect(() => {
    document.querySelector('.frame')?.toggleAttribute('inert', open);
    return () => document.querySelector('.frame')?.removeAttribute('inert');
  }, [open]);
  const focus = (shown: boolean) => {
    if (!shown) return;
    const first = body.current?.querySelector<HTMLElement>('[data-first]');
    (first ?? body.current?.querySelector<HTMLElement>('input, textarea'))?.focus();
  };
  return (
    <Modal
      open={open}
      onCancel={onClose}
      footer={null}
      width={460}
      title={title}
      closable={{ 'aria-label': t('keys.close') }}
      afterOpenChange={focus}
      destroyOnHidden
    >
      <div ref={body} className="stack">
        {open && children}
      </div>
    </Modal>
  );
}
