import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type RefusalView, Refused } from '../api/request.ts';
import { useSettings } from '../settings.ts';
import { Icon } from './icon.tsx';

/** Groups of refusals by what a person can do about them. */
type Way =
  | 'line'
  | 'input'
  | 'session'
  | 'rights'
  | 'missing'
  | 'changed'
  | 'busy'
  | 'rule'
  | 'fault';

/** Codes that say that the same person may not do two things in one case. */
const segregation = /separat|segregat|same_person|own_case|maker|performer|conflict_of/;

/** What a person can do about a refusal, by its HTTP status and code. */
export function wayOut({ status, code }: RefusalView): Way {
  if (status === 0) return 'line';
  if (segregation.test(code)) return 'rights';
  if (status === 400 || status === 413 || status === 415) return 'input';
  if (status === 401) return 'session';
  if (status === 403) return 'rights';
  if (status === 404) return 'missing';
  if (status === 409 || status === 412) return 'changed';
  if (status === 429 || status === 503) return 'busy';
  return status < 500 ? 'rule' : 'fault';
}

/** A refusal in words: what happened, what to do, who can, code and reference to copy. */
export function RefusalNotice({
  error,
  onRetry,
}: {
  error: unknown;
  onRetry?: (() => void) | undefined;
}) {
  const { t } = useTranslation();
  const { language } = useSettings();
  if (!(error instanceof Refused)) throw error;
  const { refusal } = error;
  const way = wayOut(refusal);
  return (
    <div className="refusal" role="alert">
      <h3>
        <Icon name="bad" size={14} />
        {t('refusal.title')}
      </h3>
      <dl>
        <dt>{t('refusal.what')}</dt>
        <dd>{refusal.message[language]}</dd>
        <Facts refusal={refusal} />
        <dt>{t('refusal.do')}</dt>
        <dd>{t(`refusal.do.${way}`)}</dd>
        <dt>{t('refusal.who')}</dt>
        <dd>{t(`refusal.who.${way}`)}</dd>
      </dl>
      <div className="reference">
        <span className="mono">{refusal.code}</span>
        {refusal.reference !== null && <span className="mono">{refusal.reference}</span>}
        <CopyReference refusal={refusal} />
        {onRetry !== undefined && (
          <Button size="small" onClick={onRetry}>
            {t('refusal.retry')}
          </Button>
        )}
      </div>
    </div>
  );
}

/** The circumstances that the sentence does not name already: which rule, task, limit. */
function Facts({ refusal }: { refusal: RefusalView }) {
  const { t } = useTranslation();
  const { language } = useSettings();
  const said = refusal.message[language];
  const facts = Object.entries(refusal.facts).filter(
    ([, value]) => value !== '' && !said.includes(value),
  );
  if (facts.length === 0) return null;
  return (
    <>
      <dt>{t('refusal.why')}</dt>
      <dd>{facts.map(([name, value]) => `${name} ${value}`).join(' · ')}</dd>
    </>
  );
}

function CopyReference({ refusal }: { refusal: RefusalView }) {
  const { t } = useTranslation();
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard?.writeText(`${refusal.code} ${refusal.reference ?? ''}`.trim());
    setCopied(true);
  };
  return (
    <button type="button" className="link" onClick={() => void copy()}>
      {t(copied ? 'refusal.copied' : 'refusal.copy')}
    </button>
  );
}
