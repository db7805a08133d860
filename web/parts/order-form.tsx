import { Button } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useKeys } from '../frame/keys.ts';
import { RefusalNotice } from './refusal.tsx';

/** The words that go with an order, and what sends it. */
export function OrderForm({
  label,
  ready = true,
  required = false,
  busy,
  error,
  onSend,
  children,
}: {
  label: string;
  ready?: boolean;
  required?: boolean;
  busy: boolean;
  error: Error | null;
  onSend: (reason: string) => void;
  children?: ReactNode;
}) {
  const { t } = useTranslation();
  const [reason, setReason] = useState('');
  const may = ready && !busy && (!required || reason.trim() !== '');
  const send = () => may && onSend(reason.trim());
  useKeys([{ key: 'Alt+Enter', label: 'keys.submit', act: send }], true);
  return (
    <>
      {children}
      <label className="stack">
        {t(required ? 'order.reason' : 'order.note')}
        <textarea
          className="field-box"
          rows={3}
          maxLength={2000}
          aria-required={required}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
      </label>
      {error !== null && <RefusalNotice error={error} />}
      <Button
        type="primary"
        disabled={!may}
        onKeyDown={(event) => event.key === 'Enter' && !event.altKey && event.preventDefault()}
        onClick={send}
      >
        {label}
        <kbd>Alt ↵</kbd>
      </Button>
    </>
  );
}
