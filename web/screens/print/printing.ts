import { useMutation, useQueryClient } from '@tanstack/react-query';
import { createContext, useEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import type { Paper, PrintAnswer } from '../../../src/contract/prints.ts';
import { printPaper } from '../../api/commands.ts';
import { idempotencyKey } from '../../api/idempotency.ts';

/** The printing on the sheet; `isSpent` once it went to the printer, so another is not it. */
export type Printing = PrintAnswer & { readonly isSpent: boolean };

/** Null until a printing was registered. */
export const PrintingContext = createContext<Printing | null>(null);

/**
 * Prints by registering first: the number stands on the sheet before the browser's dialog opens.
 * A press that got no answer is repeated with its key, so it never counts twice.
 */
export function usePrinting(caseNumber: string, paper: Paper) {
  const client = useQueryClient();
  const key = useRef(idempotencyKey());
  const [printing, setPrinting] = useState<Printing | null>(null);
  const register = useMutation({
    mutationFn: () => printPaper(caseNumber, paper, key.current),
    onSuccess: async (answer) => {
      key.current = idempotencyKey();
      flushSync(() => setPrinting({ ...answer, isSpent: false }));
      window.print();
      await client.invalidateQueries({ queryKey: ['case', caseNumber, 'history'] });
    },
  });
  useEffect(() => {
    const spend = () => setPrinting((last) => last && { ...last, isSpent: true });
    window.addEventListener('afterprint', spend);
    return () => window.removeEventListener('afterprint', spend);
  }, []);
  return { printing, register };
}
