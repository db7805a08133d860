import { useMutation } from '@tanstack/react-query';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { ExportFormat, ExportTableName } from '../../../src/contract/exports.ts';
import { withFilters } from '../../api/ledger.ts';
import { requestFile } from '../../api/request.ts';
import { useKeys } from '../../frame/keys.ts';
import { useSettings } from '../../settings.ts';
import { RefusalNotice } from '../refusal.tsx';

const formats: readonly ExportFormat[] = ['xlsx', 'csv'];

/** Saves a whole table as a workbook or as CSV, or says why not; as CSV also by E. */
export function ExportButton({
  table,
  filters,
  fileName,
}: {
  table: ExportTableName;
  filters: Readonly<Record<string, string | undefined>>;
  fileName: string;
}) {
  const { t } = useTranslation();
  const { language } = useSettings();
  const saved = useMutation({
    mutationFn: async (format: ExportFormat) => {
      const path = withFilters(`/api/exports/${table}.${format}`, { ...filters, language });
      save(await requestFile(path), `${fileName}.${format}`);
    },
  });
  const run = (format: ExportFormat) => {
    if (!saved.isPending) saved.mutate(format);
  };
  useKeys([{ key: 'e', label: 'export.csv', act: () => run('csv') }]);
  return (
    <>
      {formats.map((format) => (
        <Button
          key={format}
          size="small"
          loading={saved.isPending && saved.variables === format}
          onClick={() => run(format)}
        >
          {t(`export.${format}`)}
        </Button>
      ))}
      {saved.isError && <RefusalNotice error={saved.error} />}
    </>
  );
}

function save(file: Blob, name: string): void {
  const address = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}
