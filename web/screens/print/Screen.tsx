import { useQueries, useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { present } from '../../../src/base/assert.ts';
import type { Paper } from '../../../src/contract/prints.ts';
import { caseQuery, entriesQuery, historyQuery } from '../../api/queries.ts';
import { listenForKeys, useKeys } from '../../frame/keys.ts';
import { Answer } from '../../parts/ask.tsx';
import { RefusalNotice } from '../../parts/refusal.tsx';
import { Scroll } from '../../parts/scroll.tsx';
import { ApprovalForm } from './approval-form.tsx';
import { LoanNote } from './loan-note.tsx';
import { PrintingContext, usePrinting } from './printing.ts';
import { Vouchers } from './vouchers.tsx';

const papers = { approval: ApprovalForm, note: LoanNote, vouchers: Vouchers } as const;

/** A paper of a case on A4, as it comes out of the printer. */
export function Screen() {
  const { paper, caseNumber: number } = useParams();
  const caseNumber = present(number, 'a case in the address');
  const kind = Object.hasOwn(papers, paper ?? '') ? (paper as Paper) : 'approval';
  // Another paper is another page: what was printed of this one is not said of that.
  return <PaperPage key={`${kind} ${caseNumber}`} kind={kind} caseNumber={caseNumber} />;
}

function PaperPage({ kind, caseNumber }: { kind: Paper; caseNumber: string }) {
  const { t } = useTranslation();
  const found = useQuery(caseQuery(caseNumber));
  const Content = papers[kind];
  const { printing, register } = usePrinting(caseNumber, kind);
  // What is not on the sheet yet would be missing on a registered printing.
  const isWhole = useQueries({
    queries: [caseQuery(caseNumber), historyQuery(caseNumber), entriesQuery(caseNumber)],
    combine: (parts) => parts.every((part) => part.isSuccess),
  });
  const print = () => {
    if (isWhole && !register.isPending) register.mutate();
  };
  useEffect(listenForKeys, []);
  useKeys([{ key: 'Alt+Enter', label: 'print.print', act: print }]);
  useEffect(() => {
    document.title = `${t(`print.${kind}`)} ${caseNumber}`;
  }, [t, kind, caseNumber]);
  return (
    <div className="printing">
      <div className="print-bar">
        <Link to={`/cases/${caseNumber}`}>← {caseNumber}</Link>
        <span className="spread" />
        <Button type="primary" disabled={!isWhole || register.isPending} onClick={print}>
          {t('print.print')}
          <kbd>Alt ↵</kbd>
        </Button>
      </div>
      <main>
        {register.isError && (
          <div className="print-refusal">
            <RefusalNotice error={register.error} />
          </div>
        )}
        <Scroll className="papers" label={t(`print.${kind}`)}>
          <PrintingContext value={printing}>
            <Answer of={found}>{(data) => <Content found={data} />}</Answer>
          </PrintingContext>
        </Scroll>
      </main>
    </div>
  );
}
