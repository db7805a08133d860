import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../icon.tsx';
import type { ChosenFile } from './state.ts';

/** SHA-256 in hexadecimal; empty where the browser offers none (a page on plain http). */
async function hashOf(file: File): Promise<string> {
  if (crypto.subtle === undefined) return '';
  const digest = await crypto.subtle.digest('SHA-256', await file.arrayBuffer());
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** A list of papers: name, size and the hash that later signatures refer to. */
export function FilesInput({
  labelledBy,
  files,
  multiple,
  disabled,
  onChange,
}: {
  labelledBy: string;
  files: readonly ChosenFile[];
  multiple: boolean;
  disabled: boolean;
  onChange: (files: readonly ChosenFile[]) => void;
}) {
  const { t } = useTranslation();
  const picker = useRef<HTMLInputElement>(null);
  const add = async (list: FileList | null) => {
    const added = await Promise.all(
      [...(list ?? [])].map(async (file) => ({
        name: file.name,
        bytes: file.size,
        hash: await hashOf(file),
      })),
    );
    onChange(multiple ? [...files, ...added] : added);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset's border and legend do not fit the row
    <div role="group" aria-labelledby={labelledBy}>
      {files.map((file) => (
        <div className="check-row" key={`${file.name} ${file.hash}`}>
          <span className="row">
            <Icon name="paper" size={14} />
            {file.name}
          </span>
          <span className="row muted small">
            {t('form.kilobytes', { count: Math.ceil(file.bytes / 1000) })}
            {!disabled && (
              <button
                type="button"
                className="link"
                onClick={() => onChange(files.filter((one) => one !== file))}
              >
                {t('form.removeFile')}
              </button>
            )}
          </span>
        </div>
      ))}
      <input
        ref={picker}
        type="file"
        className="sr-only"
        tabIndex={-1}
        aria-label={t('form.addFile')}
        multiple={multiple}
        disabled={disabled}
        onChange={(event) => void add(event.target.files)}
      />
      {!disabled && (
        <button type="button" className="tool" onClick={() => picker.current?.click()}>
          {t('form.addFile')}
        </button>
      )}
    </div>
  );
}
