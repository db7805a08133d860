import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { present } from '../../../src/base/assert.ts';
import { caseQuery } from '../../api/queries.ts';
import { listenForKeys, useKeys } from '../../frame/keys.ts';
import { Answer } from '../../parts/ask.tsx';
import { Scroll } from '../../parts/scroll.tsx';
import { ApprovalForm } from './approval-form.tsx';
import { LoanNote } from './loan-note.tsx';
import { Vouchers } from './vouchers.tsx';

const papers = { approval: ApprovalForm, note: LoanNote, vouchers: Vouchers } as const;

/** A paper of a case on A4, as it comes out of the printer. */
export function Screen() {
  const { t } = useTranslation();
  const { paper, caseNumber: number } = useParams();
  const caseNumber = present(number, 'a case in the address');
  const found = useQuery(caseQuery(caseNumber));
  const kind = Object.hasOwn(papers, paper ?? '') ? (paper as keyof typeof papers) : 'approval';
  const Paper = papers[kind];
  const print = () => window.print();
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
        <Button type="primary" onClick={print}>
          {t('print.print')}
          <kbd>Alt ↵</kbd>
        </Button>
      </div>
      <main>
        <Scroll className="papers" label={t(`print.${kind}`)}>
          <Answer of={found}>{(data) => <Paper found={data} />}</Answer>
        </Scroll>
      </main>
    </div>
  );
}
