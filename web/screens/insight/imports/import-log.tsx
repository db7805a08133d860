import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import type { ImportedLog, LookAtLogAnswer } from '../../../../src/contract/insight/logs.ts';
import { idempotencyKey } from '../../../api/idempotency.ts';
import { deleteLog, importedLogsQuery, importLog, lookAtLog } from '../../../api/insight.ts';
import { RefusalNotice } from '../../../parts/refusal.tsx';
import { Scroll } from '../../../parts/scroll.tsx';
import { instantOf } from '../../../parts/time.ts';
import { countText } from '../figures.ts';
import { Mapping, type Told } from './mapping.tsx';

/** Brings a log of another system: the file, what its columns are, and what came of it. */
export function ImportLog({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation();
  const [file, setFile] = useState<File | null>(null);
  const [look, setLook] = useState<LookAtLogAnswer | null>(null);
  const [told, setTold] = useState<Told>({});
  const work = useWork();
  const key = useRef('');
  const [, setSearch] = useSearchParams();
  const client = useQueryClient();
  const lookAt = (chosen: File, more: Told) =>
    work.run(async () => {
      const seen = await lookAtLog(chosen, more);
      const format = seen.timeFormat === null ? {} : { timeFormat: seen.timeFormat };
      const base = seen.mapped ? { ...seen.guessed, ...format, encoding: seen.encoding } : {};
      setLook(seen);
      setTold({ name: chosen.name.slice(0, 120), skipBadRows: 'no', clock: 'bank', ...base });
      key.current = idempotencyKey();
    });
  const choose = (chosen: File | undefined) => {
    if (chosen === undefined) return;
    setFile(chosen);
    setLook(null);
    void lookAt(chosen, {});
  };
  const bring = (chosen: File) =>
    work.run(async () => {
      const log = await importLog(chosen, told, key.current);
      await client.invalidateQueries({ queryKey: importedLogsQuery.queryKey });
      setSearch({ log: log.id }, { replace: true });
      onDone();
    });
  return (
    <section className="pane" aria-label={t('insight.importOpen')} aria-busy={work.busy}>
      <label className="row wrap">
        {t('insight.importFile')}
        <input
          type="file"
          accept=".csv,.txt,.xlsx,.parquet,.xes,.gz,.json,.jsonocel,.xml,.xmlocel,.sqlite"
          onChange={({ target }) => choose(target.files?.[0])}
        />
      </label>
      <p className="muted small">{t('insight.importForms')}</p>
      {work.problem !== null && <RefusalNotice error={work.problem} />}
      {file !== null && look !== null && (
        <Mapping
          look={look}
          told={told}
          onChange={(next) => {
            setTold(next);
            key.current = idempotencyKey();
          }}
          onLookAgain={(more) => void lookAt(file, more)}
          onImport={() => void bring(file)}
          busy={work.busy}
        />
      )}
      <Brought />
    </section>
  );
}

/** One call at a time, with what went wrong. */
function useWork() {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Error | null>(null);
  const run = async (work: () => Promise<void>) => {
    setBusy(true);
    setProblem(null);
    try {
      await work();
    } catch (error) {
      setProblem(error instanceof Error ? error : new Error(String(error)));
    } finally {
      setBusy(false);
    }
  };
  return { busy, problem, run };
}

/** The logs that are there: how each was read, and the order to delete one's own. */
function Brought() {
  const { t } = useTranslation();
  const logs = useQuery(importedLogsQuery).data?.logs ?? [];
  const client = useQueryClient();
  const work = useWork();
  if (logs.length === 0) return null;
  const remove = (id: string) =>
    work.run(async () => {
      await deleteLog(id);
      await client.invalidateQueries({ queryKey: importedLogsQuery.queryKey });
    });
  return (
    <>
      <h3>{t('insight.importedLogs')}</h3>
      {work.problem !== null && <RefusalNotice error={work.problem} />}
      <Scroll label={t('insight.importedLogs')}>
        <table>
          <thead>
            <tr>
              <th>{t('insight.logName')}</th>
              <th className="n">{t('insight.cases')}</th>
              <th className="n">{t('insight.logEvents')}</th>
              <th>{t('insight.logPeriod')}</th>
              <th>{t('insight.logRead')}</th>
              <th className="n">{t('insight.logBadRows')}</th>
              <th>{t('insight.logBy')}</th>
              <th aria-label={t('insight.logDelete')} />
            </tr>
          </thead>
          <tbody>
            {logs.map((log) => (
              <BroughtLog key={log.id} log={log} onRemove={() => void remove(log.id)} />
            ))}
          </tbody>
        </table>
      </Scroll>
    </>
  );
}

function BroughtLog({ log, onRemove }: { log: ImportedLog; onRemove: () => void }) {
  const { t } = useTranslation();
  const how = [log.format, log.timeFormat, ...log.columns.map((c) => `${c.role} = ${c.name}`)];
  const lines = log.badRowsFirst.slice(0, 5).map((row) => row.line);
  return (
    <tr>
      <td>{log.name}</td>
      <td className="n">{countText(log.cases)}</td>
      <td className="n">{countText(log.events)}</td>
      <td className="nowrap">
        {instantOf(log.fromAt).slice(0, 10)} – {instantOf(log.toAt).slice(0, 10)}
      </td>
      <td>{how.filter((part) => part !== '').join(' · ')}</td>
      <td className="n">
        {countText(log.badRows)}
        {lines.length > 0 && (
          <span className="muted"> {t('insight.logBadLines', { lines: lines.join(', ') })}</span>
        )}
      </td>
      <td>
        {log.login} {instantOf(log.importedAt).slice(0, 10)}
      </td>
      <td>
        {log.mine && (
          <button type="button" className="link" onClick={onRemove}>
            {t('insight.logDelete')}
          </button>
        )}
      </td>
    </tr>
  );
}
