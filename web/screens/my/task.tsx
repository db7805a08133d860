import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams } from 'react-router';
import { present } from '../../../src/base/assert.ts';
import type { TaskDetailAnswer } from '../../../src/contract/tasks.ts';
import { claimTask } from '../../api/commands.ts';
import { accountsQuery, taskQuery } from '../../api/queries.ts';
import { useName, useSession } from '../../frame/session.ts';
import { Answer } from '../../parts/ask.tsx';
import { Pair, valueText } from '../../parts/facts.tsx';
import { Decisions } from '../../parts/form/decisions.tsx';
import { FormFields } from '../../parts/form/form.tsx';
import type { FormFile } from '../../parts/form/schema.ts';
import { useTaskForm } from '../../parts/form/use-task-form.ts';
import { RefusalNotice } from '../../parts/refusal.tsx';
import { TaskWords } from '../../parts/task-marks.tsx';

/** One thing the customer has to do: apply, add papers, sign, ask for the money. */
export function Screen() {
  const id = present(useParams()['id'], 'a task in the address');
  const detail = useQuery(taskQuery(id));
  return <Answer of={detail}>{(data) => <MyTask key={id} detail={data} />}</Answer>;
}

function MyTask({ detail }: { detail: TaskDetailAnswer }) {
  const { t } = useTranslation();
  const name = useName();
  const client = useQueryClient();
  const { user } = useSession();
  const { task } = detail;
  const claim = useMutation({
    mutationFn: () => claimTask(task.id),
    onSettled: () => client.invalidateQueries({ queryKey: ['tasks'] }),
  });
  const { mutate } = claim;
  // A customer knows no queue: opening the task takes it.
  useEffect(() => {
    if (task.status === 'ready') mutate();
  }, [task.status, mutate]);
  return (
    <>
      <Link to="/my" className="small">
        ← {t('my.back')}
      </Link>
      <h1>{name(task)}</h1>
      <p className="muted small">{task.caseNumber}</p>
      <TaskWords task={task} />
      {detail.documentation !== null && <p>{detail.documentation}</p>}
      <Known values={detail.values} form={detail.form as FormFile | null} />
      {claim.isError && <RefusalNotice error={claim.error} />}
      {task.assignee === user.login && task.status !== 'completed' && (
        <OwnAccount detail={detail} />
      )}
      {task.status === 'completed' && <p>{t('my.done')}</p>}
    </>
  );
}

/** What the customer may know of the matter and does not fill in: the terms, what is left. */
const known = [
  'amountMinor',
  'termMonths',
  'repaymentMethod',
  'creditProtection',
  'contractNumber',
  'contractAmountMinor',
  'undrawnMinor',
  'availableTo',
  'ratePpm',
  'paymentMethod',
  'payeeName',
  'approvalConditions',
  'noteNumber',
  'principalMinor',
  'interestMinor',
] as const;

function Known({ values, form }: { values: TaskDetailAnswer['values']; form: FormFile | null }) {
  const { t } = useTranslation();
  const filled = new Set(form?.components.map((component) => component.key));
  const shown = known.filter((name) => !filled.has(name) && valueText(name, values[name]) !== '');
  if (shown.length === 0) return null;
  return (
    <dl className="key-values">
      {shown.map((name) => (
        <Pair key={name} label={t(`value.${name}`)}>
          {valueText(name, values[name])}
        </Pair>
      ))}
    </dl>
  );
}

/** Where the form asks for an account of the customer's own, the first of them is proposed. */
function OwnAccount({ detail }: { detail: TaskDetailAnswer }) {
  const form = detail.form as FormFile | null;
  const isAsked =
    form?.components.some((component) => component.key === accountField) === true &&
    valueText(accountField, detail.values[accountField]) === '';
  const accounts = useQuery({ ...accountsQuery({ limit: 50 }), enabled: isAsked });
  if (!isAsked) return <Fill detail={detail} />;
  return (
    <Answer of={accounts}>
      {(answer) => {
        const own = answer.accounts.find(
          ({ glCode, status }) => glCode === demandDeposit && status === 'open',
        );
        const proposed = own === undefined ? {} : { [accountField]: own.accountNumber };
        return <Fill detail={{ ...detail, values: { ...detail.values, ...proposed } }} />;
      }}
    </Answer>
  );
}

const accountField = 'depositAccountNumber';
/** 活期存款: loans are paid into no other kind of account. */
const demandDeposit = '2011';

function Fill({ detail }: { detail: TaskDetailAnswer }) {
  const navigate = useNavigate();
  const fill = useTaskForm(detail, (done) => void navigate(`/my/cases/${done.caseNumber}`));
  const form = detail.form as FormFile | null;
  return (
    <>
      {form !== null && (
        <FormFields
          caseNumber={detail.task.caseNumber}
          form={form}
          state={fill.state}
          faults={fill.faults}
          disabled={fill.busy}
          onChange={fill.change}
        />
      )}
      {fill.error !== null && <RefusalNotice error={fill.error} />}
      <div className="actions">
        <Decisions form={form} busy={fill.busy} onSubmit={fill.submit} />
      </div>
    </>
  );
}
