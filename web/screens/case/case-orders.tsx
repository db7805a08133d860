import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { Task } from '../../../src/contract/tasks.ts';
import { idempotencyKey } from '../../api/idempotency.ts';
import {
  caseOrdersQuery,
  orderTask,
  type TaskOrderName,
  terminateCase,
} from '../../api/task-orders.ts';
import { useKeys } from '../../frame/keys.ts';
import { useName } from '../../frame/session.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { OrderForm } from '../../parts/order-form.tsx';

type Wanted = { readonly name: 'urge' | 'recall' | 'terminate'; readonly task: Task | null };

/** 催办, 取回 and 终止: what may be ordered in a case without holding a task of it. */
export function CaseOrders({ caseNumber }: { caseNumber: string }) {
  const { t } = useTranslation();
  const name = useName();
  const found = useQuery(caseOrdersQuery(caseNumber)).data;
  const [wanted, setWanted] = useState<Wanted | null>(null);
  const [urged] = found?.urge ?? [];
  const [recalled] = found?.recall ?? [];
  useKeys([
    ...(urged === undefined ? [] : [key('u', 'urge', urged)]),
    ...(recalled === undefined ? [] : [key('b', 'recall', recalled)]),
  ]);
  function key(letter: string, order: 'urge' | 'recall', task: Task) {
    return {
      ...{ key: letter, label: `order.${order}` },
      act: () => setWanted({ name: order, task }),
    };
  }
  if (found === undefined) return null;
  const { urge, recall, mayTerminate } = found;
  return (
    <span className="case-orders">
      {recall.map((task) => (
        <button
          key={task.id}
          type="button"
          className="link small"
          onClick={() => setWanted({ name: 'recall', task })}
        >
          {t('order.recallOf', { name: name(task) })} <kbd>B</kbd>
        </button>
      ))}
      {urge.map((task) => (
        <button
          key={task.id}
          type="button"
          className="link small"
          onClick={() => setWanted({ name: 'urge', task })}
        >
          {t('order.urgeOf', { name: name(task) })} {task === urged && <kbd>U</kbd>}
        </button>
      ))}
      {mayTerminate && (
        <button
          type="button"
          className="link small"
          onClick={() => setWanted({ name: 'terminate', task: null })}
        >
          {t('order.terminate')}
        </button>
      )}
      <Dialog
        title={wanted === null ? '' : t(`order.${wanted.name}`)}
        open={wanted !== null}
        onClose={() => setWanted(null)}
      >
        {wanted !== null && (
          <Order wanted={wanted} caseNumber={caseNumber} onClose={() => setWanted(null)} />
        )}
      </Dialog>
    </span>
  );
}

function Order({
  wanted,
  caseNumber,
  onClose,
}: {
  wanted: Wanted;
  caseNumber: string;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const navigate = useNavigate();
  const name = useName();
  const { task } = wanted;
  const sent = useRef(idempotencyKey());
  const send = useMutation({
    mutationFn: async (reason: string): Promise<string | null> => {
      if (task === null) {
        await terminateCase(caseNumber, reason, sent.current);
        return null;
      }
      const order: TaskOrderName = wanted.name === 'recall' ? 'recall' : 'urge';
      const done = await orderTask(task.id, order, { reason }, sent.current);
      return order === 'recall' ? done.task.id : null;
    },
    onError: () => {
      sent.current = idempotencyKey();
    },
    onSuccess: async (recalled) => {
      onClose();
      if (recalled !== null) await navigate(`/tasks/${recalled}`);
      await Promise.all([
        client.invalidateQueries({ queryKey: ['tasks'] }),
        client.invalidateQueries({ queryKey: ['case', caseNumber] }),
        client.invalidateQueries({ queryKey: ['cases'] }),
      ]);
    },
  });
  return (
    <OrderForm
      label={t(`order.${wanted.name}`)}
      required={wanted.name === 'terminate'}
      busy={send.isPending}
      error={send.error}
      onSend={(reason) => send.mutate(reason)}
    >
      <p className="muted small">
        {task !== null && <b>{name(task)}</b>} {t(`order.${wanted.name}Why`)}
      </p>
    </OrderForm>
  );
}
