import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { Task } from '../../../src/contract/tasks.ts';
import { taskPartsQuery } from '../../api/task-orders.ts';
import { closeTab } from '../../frame/page-tabs.ts';
import { useSession } from '../../frame/session.ts';
import { Answer } from '../../parts/ask.tsx';
import { forgetDraft } from '../../parts/form/use-task-form.ts';
import { OrderForm } from '../../parts/order-form.tsx';
import { Status } from '../../parts/status.tsx';
import { People, useOrder } from './people.tsx';

type OrderProps = { task: Task; onClose: () => void };

/** 转办 and 委派: to one colleague; the page is left, for the task is in other hands. */
export function HandOver({ task, onClose, lent }: OrderProps & { lent: boolean }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { user } = useSession();
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const order = useOrder(task, lent ? 'delegate' : 'transfer', () => {
    forgetDraft(task.id, user.login);
    onClose();
    closeTab(`/tasks/${task.id}`);
    void navigate(`/cases/${task.caseNumber}`);
  });
  const [to] = chosen;
  return (
    <OrderForm
      label={t(lent ? 'order.delegate' : 'order.transfer')}
      ready={to !== undefined}
      busy={order.isPending}
      error={order.error}
      onSend={(reason) => order.mutate({ to, reason })}
    >
      <p className="muted small">{t(lent ? 'order.delegateWhy' : 'order.transferWhy')}</p>
      <People
        task={task}
        purpose={lent ? 'delegate' : 'forward'}
        chosen={chosen}
        onChange={setChosen}
      />
    </OrderForm>
  );
}

const places = ['before', 'after', 'beside'] as const;

/** 加签: who signs, and when. */
export function AddSigner({ task, onClose }: OrderProps) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [place, setPlace] = useState<(typeof places)[number]>('before');
  const isJoint = useQuery(taskPartsQuery(task.id)).data?.joint === true;
  const order = useOrder(task, 'add-signer', onClose);
  const [to] = chosen;
  return (
    <OrderForm
      label={t('order.addSigner')}
      ready={to !== undefined}
      busy={order.isPending}
      error={order.error}
      onSend={(reason) => order.mutate({ to, place, reason })}
    >
      <fieldset className="choices plain">
        <legend className="sr-only">{t('order.place')}</legend>
        {places
          .filter((one) => one !== 'beside' || isJoint)
          .map((one) => (
            <label key={one}>
              <input
                type="radio"
                name="place"
                checked={place === one}
                onChange={() => setPlace(one)}
              />
              {t(`signerPlace.${one}`)}
            </label>
          ))}
      </fieldset>
      <People
        task={task}
        purpose={place === 'beside' ? 'forward' : 'add_signer'}
        chosen={chosen}
        onChange={setChosen}
      />
    </OrderForm>
  );
}

/** 减签: those who were added and have not signed. */
export function RemoveSigner({ task, onClose }: OrderProps) {
  const { t } = useTranslation();
  const parts = useQuery(taskPartsQuery(task.id));
  const [signer, setSigner] = useState<string | null>(null);
  const order = useOrder(task, 'remove-signer', onClose);
  return (
    <Answer of={parts}>
      {({ signers }) => {
        const open = signers.filter(({ status }) => status === 'acting' || status === 'planned');
        if (open.length === 0) return <p className="muted">{t('order.noSigners')}</p>;
        return (
          <OrderForm
            label={t('order.removeSigner')}
            ready={signer !== null}
            required
            busy={order.isPending}
            error={order.error}
            onSend={(reason) => order.mutate({ signer, reason })}
          >
            <fieldset className="people">
              <legend className="sr-only">{t('order.people')}</legend>
              {open.map((one) => (
                <label key={one.login}>
                  <input
                    type="radio"
                    name="signer"
                    checked={signer === one.login}
                    onChange={() => setSigner(one.login)}
                  />
                  <b>{one.name}</b>
                  <span className="muted">{t(`signerPlace.${one.place}`)}</span>
                </label>
              ))}
            </fieldset>
          </OrderForm>
        );
      }}
    </Answer>
  );
}

/** 抄送: to several colleagues at once. */
export function CopyTo({ task, onClose }: OrderProps) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const order = useOrder(task, 'copy', onClose);
  return (
    <OrderForm
      label={t('order.copy')}
      ready={chosen.length > 0}
      busy={order.isPending}
      error={order.error}
      onSend={(note) => order.mutate({ to: chosen, note })}
    >
      <p className="muted small">{t('order.copyWhy')}</p>
      <People task={task} purpose="copy" chosen={chosen} onChange={setChosen} several />
    </OrderForm>
  );
}

/** Who else signs this task, and how far that is. */
export function Signers({ task }: { task: Task }) {
  const { t } = useTranslation();
  const signers = useQuery(taskPartsQuery(task.id)).data?.signers ?? [];
  const shown = signers.filter(({ status }) => status !== 'removed');
  if (shown.length === 0) return null;
  return (
    <section>
      <h2>{t('signers.title')}</h2>
      {shown.map((one) => (
        <div className="check-row" key={`${one.login} ${one.place}`}>
          <span>
            {one.name} <span className="muted">{t(`signerPlace.${one.place}`)}</span>
          </span>
          <Status kind={one.status === 'signed' ? 'run' : 'wait'}>
            {t(`signerStatus.${one.status}`)}
          </Status>
        </div>
      ))}
    </section>
  );
}
