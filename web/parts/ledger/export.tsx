import { useMutation } from '@tanstack/react-query';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { withFilters } from '../../api/ledger.ts';
import { requestText } from '../../api/request.ts';
import { useKeys } from '../../frame/keys.ts';
import { useSettings } from '../../settings.ts';
import { RefusalNotice } from '../refusal.tsx';

/** Saves a whole table as a CSV file, or says why not; also by E. */
export function ExportButton({
  table,
  filters,
  fileName,
}: {
  table: 'trial-balance' | 'entries' | 'statement';
  filters: Readonly<Record<string, string | undefined>>;
  fileName: string;
}) {
  const { t } = useTranslation();
  const { language } = useSettings();
  const saved = useMutation({
    mutationFn: async () => {
      const path = withFilters(`/api/exports/${table}.csv`, { ...filters, language });
      save(await requestText(path), `${fileName}.csv`);
    },
  });
  const run = () => {
    if (!saved.isPending) saved.mutate();
  };
  useKeys([{ key: 'e', label: 'export.csv', act: run }]);
  return (
    <>
      <Button size="small" loading={saved.isPending} onClick={run}>
        {t('export.csv')}
      </Button>
      {saved.isError && <RefusalNotice error={saved.error} />}
    </>
  );
}

/** Reading an answer as text drops the mark by which spreadsheets know UTF-8; it is put back. */
function save(text: string, name: string): void {
  const address = URL.createObjectURL(new Blob(['\ufeff', text], { type: 'text/csv' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}
