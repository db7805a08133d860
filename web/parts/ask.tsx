import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { RefusalNotice } from './refusal.tsx';

/** What a question to the server shows: the answer, the refusal in words, or that it waits. */
export function Answer<T>({
  of,
  children,
}: {
  of: UseQueryResult<T>;
  children: (data: T) => ReactNode;
}) {
  const { t } = useTranslation();
  if (of.data !== undefined) return children(of.data);
  if (of.isError) return <RefusalNotice error={of.error} onRetry={() => void of.refetch()} />;
  return (
    <p className="muted" role="status">
      {t('waiting')}
    </p>
  );
}
