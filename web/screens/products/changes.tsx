import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProductAnswer } from '../../../src/contract/product/products.ts';
import { closeProductChange } from '../../api/products.ts';
import { useMay, useSession } from '../../frame/session.ts';
import { RefusalNotice } from '../../parts/refusal.tsx';
import { Status } from '../../parts/status.tsx';
import { instantOf } from '../../parts/time.ts';
import { parameterName, parameterText } from './words.ts';

type Change = ProductAnswer['changes'][number];

/** What differs, old beside new. */
export function Differences({ differences }: { differences: Change['differences'] }) {
  const { t, i18n } = useTranslation();
  if (differences.length === 0) return <span className="muted">{t('product.noDifference')}</span>;
  return (
    <ul className="differences">
      {differences.map(({ path, before, after }) => (
        <li key={path}>
          {parameterName(t, i18n, path)} <s>{parameterText(t, i18n, path, before)}</s>
          {' → '}
          <b>{parameterText(t, i18n, path, after)}</b>
        </li>
      ))}
    </ul>
  );
}

const kinds = { drafted: 'second', approved: 'done', refused: 'bad', withdrawn: 'wait' } as const;

/** Every change of a product, the newest first; one that waits can be decided here. */
export function Changes({ product }: { product: ProductAnswer }) {
  const { t } = useTranslation();
  if (product.changes.length === 0) return null;
  return (
    <section className="pane" aria-label={t('product.changes')}>
      <h2>{t('product.changes')}</h2>
      {product.changes.map((change) => (
        <article className="product-change" key={change.id}>
          <div className="row wrap">
            <Status kind={kinds[change.state]}>{t(`changeState.${change.state}`)}</Status>
            <b>{t('product.from', { day: change.effectiveFrom })}</b>
            <span className="muted small">
              {t('product.draftedBy', {
                who: change.draftedBy,
                at: instantOf(change.draftedAt),
              })}
            </span>
            {change.closedBy !== null && change.closedAt !== null && (
              <span className="muted small">
                {t('product.closedBy', { who: change.closedBy, at: instantOf(change.closedAt) })}
              </span>
            )}
          </div>
          <p>{change.note}</p>
          <Differences differences={change.differences} />
          {change.reason !== '' && <p className="muted">{change.reason}</p>}
          {change.state === 'drafted' && <Word change={change} />}
        </article>
      ))}
    </section>
  );
}

type Kind = 'approved' | 'refused' | 'withdrawn';

/** The second person's word; who drafted the change can only take it back. */
function Word({ change }: { change: Change }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { user } = useSession();
  const mayApprove = useMay('approve_products');
  const isDrafter = change.draftedBy === user.login;
  const [reason, setReason] = useState('');
  const close = useMutation({
    mutationFn: (kind: Kind) => closeProductChange(change.id, { kind, reason }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['products'] }),
  });
  const words: readonly Kind[] = isDrafter ? ['withdrawn'] : ['approved', 'refused'];
  if (!isDrafter && !mayApprove) return null;
  return (
    <div className="product-form">
      <label>
        {t('product.reason')}
        <input value={reason} maxLength={500} onChange={(event) => setReason(event.target.value)} />
      </label>
      <div className="row wrap">
        {words.map((kind) => (
          <Button
            key={kind}
            type={kind === 'approved' ? 'primary' : 'default'}
            disabled={close.isPending}
            onClick={() => close.mutate(kind)}
          >
            {t(`productAct.${kind}`, { day: change.effectiveFrom })}
          </Button>
        ))}
      </div>
      {isDrafter && <p className="muted small">{t('product.fourEyes')}</p>}
      {close.isError && <RefusalNotice error={close.error} />}
    </div>
  );
}
