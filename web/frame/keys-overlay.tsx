import { Modal } from 'antd';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useSettings } from '../settings.ts';
import { keysNow } from './keys.ts';

/** `?`: every key that works on this page now. */
export function KeysOverlay({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const { letterKeys } = useSettings();
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    document.querySelector('.frame')?.toggleAttribute('inert', open);
  }, [open]);
  return (
    <Modal
      open={open}
      onCancel={onClose}
      footer={null}
      width={640}
      title={t('keys.title')}
      closable={{ 'aria-label': t('keys.close') }}
      afterOpenChange={(shown) => shown && list.current?.focus()}
    >
      {!letterKeys && <p className="muted">{t('keys.lettersOff')}</p>}
      <div className="keys-list" ref={list} tabIndex={-1}>
        {open &&
          keysNow().map((binding) => (
            <div key={binding.key}>
              <span>{t(binding.label)}</span>
              <span className="nowrap">
                {binding.key.split(' ').map((part) => (
                  <kbd key={part}>{part.length === 1 ? part.toUpperCase() : part}</kbd>
                ))}
              </span>
            </div>
          ))}
      </div>
    </Modal>
  );
}
