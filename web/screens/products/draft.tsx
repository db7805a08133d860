import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProductAnswer } from '../../../src/contract/product/products.ts';
import { idempotencyKey } from '../../api/idempotency.ts';
import { draftProductChange } from '../../api/products.ts';
import { RefusalNotice } from '../../parts/refusal.tsx';
import { Scroll } from '../../parts/scroll.tsx';
import { parameterName, parameterText } from './words.ts';

type Version = ProductAnswer['versions'][number];
type Props = { product: ProductAnswer; version: Version; done: () => void };

/** Every parameter with a field beside it; what is typed differently becomes the change. */
export function ChangeForm({ product, version, done }: Props) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const key = useRef(idempotencyKey());
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>({});
  const [effectiveFrom, setEffectiveFrom] = useState('');
  const [note, setNote] = useState('');
  const parameters = version.parameters.flatMap(({ path, text }) => {
    const now = typed[path] ?? text;
    return now === text ? [] : [{ path, text: now }];
  });
  const draft = useMutation({
    mutationFn: () => draftProductChange(product, { effectiveFrom, note, parameters }, key.current),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['products'] });
      done();
    },
    onError: () => {
      key.current = idempotencyKey();
    },
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        draft.mutate();
      }}
    >
      <p className="muted small">{t('product.changeWhy')}</p>
      <div className="product-form">
        <label>
          {t('product.effectiveFrom')}
          <input
            value={effectiveFrom}
            placeholder={product.asOf}
            onChange={(event) => setEffectiveFrom(event.target.value)}
          />
        </label>
        <label>
          {t('product.note')}
          <input value={note} maxLength={500} onChange={(event) => setNote(event.target.value)} />
        </label>
      </div>
      <Fields version={version} typed={typed} setTyped={setTyped} />
      <div className="row wrap said">
        <Button
          htmlType="submit"
          type="primary"
          disabled={draft.isPending || parameters.length === 0}
        >
          {t('product.submit', { count: parameters.length })}
        </Button>
        <Button onClick={done}>{t('product.cancel')}</Button>
      </div>
      {draft.isError && <RefusalNotice error={draft.error} />}
    </form>
  );
}

type FieldsProps = {
  version: Version;
  typed: Readonly<Record<string, string>>;
  setTyped: (typed: Readonly<Record<string, string>>) => void;
};

function Fields({ version, typed, setTyped }: FieldsProps) {
  const { t, i18n } = useTranslation();
  return (
    <Scroll label={t('product.parameters')}>
      <table className="parameters">
        <thead>
          <tr>
            <th>{t('product.parameter')}</th>
            <th>{t('product.value')}</th>
            <th>{t('product.becomes')}</th>
          </tr>
        </thead>
        <tbody>
          {version.parameters.map(({ path, text, kind }) => (
            <tr key={path} className={(typed[path] ?? text) === text ? '' : 'changed'}>
              <td>{parameterName(t, i18n, path)}</td>
              <td>{parameterText(t, i18n, path, text)}</td>
              <td>
                {kind !== 'none' && (
                  <input
                    aria-label={parameterName(t, i18n, path)}
                    value={typed[path] ?? text}
                    onChange={(event) => setTyped({ ...typed, [path]: event.target.value })}
                  />
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}
