import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { z } from 'zod';
import type { documentShape } from '../../src/contract/cases.ts';
import type { JsonValues } from '../../src/contract/shapes.ts';
import { documentsQuery } from '../api/queries.ts';
import { Answer } from './ask.tsx';
import { opinions, valueText } from './facts.tsx';
import { Icon } from './icon.tsx';
import { documentKindText as kindText } from './labels.ts';
import { instantOf } from './time.ts';

/** 记名表决: who voted how; the server gives it only once all have voted. */
function Votes({ votes }: { votes: JsonValues[string] | undefined }) {
  const { t } = useTranslation();
  if (!Array.isArray(votes) || votes.length === 0) return null;
  const lines = votes.filter((vote) => typeof vote === 'object' && vote !== null);
  return (
    <section>
      <h2>{t('papers.votes')}</h2>
      <table>
        <thead>
          <tr>
            <th>{t('papers.member')}</th>
            <th>{t('papers.vote')}</th>
            <th>{t('print.opinion')}</th>
          </tr>
        </thead>
        <tbody>
          {(lines as readonly JsonValues[]).map((line) => (
            <tr key={String(line['member'])}>
              <td>{String(line['member'] ?? '')}</td>
              <td>{valueText('vote', line['vote'])}</td>
              <td>{valueText('opinion', line['opinion'])}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** The papers of a case: what was filed with its hash, what was written, what can be printed. */
export function Papers({ caseNumber, values }: { caseNumber: string; values: JsonValues }) {
  const { t } = useTranslation();
  const documents = useQuery(documentsQuery(caseNumber));
  const written = opinions.filter(
    (name) => typeof values[name] === 'string' && values[name] !== '',
  );
  return (
    <div className="stack">
      <section>
        <h2>{t('papers.filed')}</h2>
        <Answer of={documents}>
          {(answer) => <Filed caseNumber={caseNumber} papers={answer.documents} />}
        </Answer>
      </section>
      {written.length > 0 && (
        <section>
          <h2>{t('papers.written')}</h2>
          <div className="document-sheet">
            <article>
              {written.map((name) => (
                <section key={name} className="opinion">
                  <h3>{t(`value.${name}`)}</h3>
                  <p>{String(values[name])}</p>
                </section>
              ))}
            </article>
          </div>
        </section>
      )}
      <Votes votes={values['votes']} />
      <section>
        <h2>{t('papers.print')}</h2>
        <div className="row wrap">
          {(['approval', 'note', 'vouchers'] as const).map((paper) => (
            <Link key={paper} className="row" to={`/print/${paper}/${caseNumber}`} target="_blank">
              <Icon name="print" size={14} />
              {t(`print.${paper}`)}
            </Link>
          ))}
        </div>
      </section>
    </div>
  );
}

type Paper = z.infer<typeof documentShape>;

/** Each paper with the hash that signatures refer to; its name is the way to the file. */
function Filed({ caseNumber, papers }: { caseNumber: string; papers: readonly Paper[] }) {
  const { t } = useTranslation();
  if (papers.length === 0) return <p className="muted">{t('papers.none')}</p>;
  return (
    <table>
      <thead>
        <tr>
          <th>{t('papers.title')}</th>
          <th className="n">{t('papers.version')}</th>
          <th>{t('papers.hash')}</th>
          <th>{t('papers.at')}</th>
        </tr>
      </thead>
      <tbody>
        {papers.map((paper) => (
          <tr key={paper.documentId}>
            <td>
              <a href={`/api/cases/${caseNumber}/documents/${paper.documentId}`} download>
                {paper.title}
              </a>{' '}
              <span className="muted">{kindText(paper.kind)}</span>
            </td>
            <td className="n">{paper.version}</td>
            <td className="mono" title={paper.hash}>
              {paper.hash.slice(0, 8)}…{paper.hash.slice(-4)}
            </td>
            <td className="nowrap">{instantOf(paper.createdAt)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
