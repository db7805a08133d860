import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { addDocument } from '../../api/commands.ts';
import { documentsQuery } from '../../api/queries.ts';
import { Icon } from '../icon.tsx';
import { RefusalNotice } from '../refusal.tsx';

/** Papers of a field: each is put into the case when it is chosen; the field holds their ids. */
export function FilesInput({
  labelledBy,
  caseNumber,
  kind,
  ids,
  multiple,
  disabled,
  onChange,
}: {
  labelledBy: string;
  caseNumber: string;
  /** Key of the field, which becomes the kind of the paper. */
  kind: string;
  ids: readonly string[];
  multiple: boolean;
  disabled: boolean;
  onChange: (ids: readonly string[]) => void;
}) {
  const { t } = useTranslation();
  const picker = useRef<HTMLInputElement>(null);
  const documents = useQuery({ ...documentsQuery(caseNumber), enabled: ids.length > 0 });
  const add = useAddPapers(caseNumber, kind, (added) =>
    onChange(multiple ? [...ids, ...added] : added),
  );
  const known = documents.data?.documents ?? [];
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset's border and legend do not fit the row
    <div role="group" aria-labelledby={labelledBy}>
      {ids.map((id) => (
        <Paper
          key={id}
          id={id}
          paper={known.find((document) => document.documentId === id)}
          onRemove={disabled ? null : () => onChange(ids.filter((one) => one !== id))}
        />
      ))}
      <input
        ref={picker}
        type="file"
        accept=".pdf,.png,.jpg,.jpeg"
        className="sr-only"
        tabIndex={-1}
        aria-label={t('form.addFile')}
        multiple={multiple}
        disabled={disabled || add.isPending}
        onChange={(event) => {
          add.mutate([...(event.target.files ?? [])]);
          event.target.value = '';
        }}
      />
      {!disabled && (
        <button
          type="button"
          className="tool"
          disabled={add.isPending}
          onClick={() => picker.current?.click()}
        >
          {t('form.addFile')}
        </button>
      )}
      {add.isError && <RefusalNotice error={add.error} />}
    </div>
  );
}

/** One paper of the field; `onRemove` takes it out of the field, never out of the case. */
function Paper({
  id,
  paper,
  onRemove,
}: {
  id: string;
  paper: { readonly title: string; readonly sizeBytes: number } | undefined;
  onRemove: (() => void) | null;
}) {
  const { t } = useTranslation();
  return (
    <div className="check-row">
      <span className="row">
        <Icon name="paper" size={14} />
        {paper?.title ?? id.slice(0, 8)}
      </span>
      <span className="row muted small">
        {paper !== undefined && t('form.kilobytes', { count: Math.ceil(paper.sizeBytes / 1000) })}
        {onRemove !== null && (
          <button type="button" className="link" onClick={onRemove}>
            {t('form.removeFile')}
          </button>
        )}
      </span>
    </div>
  );
}

/** Puts chosen files into the case, one after the other, and gives their ids. */
function useAddPapers(caseNumber: string, kind: string, onAdded: (ids: string[]) => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (files: readonly File[]) => {
      const added: string[] = [];
      for (const file of files) {
        const { document } = await addDocument(caseNumber, kind, file);
        added.push(document.documentId);
      }
      return added;
    },
    onSuccess: onAdded,
    onSettled: () => client.invalidateQueries({ queryKey: documentsQuery(caseNumber).queryKey }),
  });
}
