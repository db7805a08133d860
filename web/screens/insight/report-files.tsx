import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { insightReport } from '../../api/insight.ts';
import { RefusalNotice } from '../../parts/refusal.tsx';
import type { Stack } from './asked.ts';

const formats = ['html', 'xlsx'] as const;

/** 诊断报告: what the filters left, as a page to read and print, or as a workbook. */
export function ReportFiles({ stack }: { stack: Stack }) {
  const { t } = useTranslation();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Error | null>(null);
  const save = async (format: (typeof formats)[number]) => {
    setBusy(true);
    setProblem(null);
    try {
      const address = URL.createObjectURL(await insightReport(stack.asked, format));
      const link = document.createElement('a');
      link.href = address;
      link.download = `huiliu-report.${format}`;
      link.click();
      URL.revokeObjectURL(address);
    } catch (error) {
      setProblem(error instanceof Error ? error : new Error(String(error)));
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className="row wrap" aria-busy={busy}>
      <span className="muted">{t('insight.report')}</span>
      {formats.map((format) => (
        <button
          key={format}
          type="button"
          className="link"
          disabled={busy}
          onClick={() => void save(format)}
        >
          {t(`insightReport.${format}`)}
        </button>
      ))}
      {problem !== null && <RefusalNotice error={problem} />}
    </div>
  );
}
