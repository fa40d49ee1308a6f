import type { ReactNode } from 'react';
import { BASE, fileUrl } from '../../api/client.ts';
import { useWording } from '../../wording.tsx';
import type { BatchRead } from './queries.ts';

const SIGNED = ['receipt', 'register', 'agency-register'] as const;

/** What a batch leaves on paper: the register to be printed at every stage, what was signed, the list of its files. */
export function BatchPapers({ batch: b }: { batch: BatchRead }): ReactNode {
  const { t, language } = useWording();
  if (b.state === 'blocked' || b.state === 'removed') return null;
  const sent = b.moves.some((m) => m.round === b.round && (m.act === 'send' || m.act === 'dispatch'));
  const signed = SIGNED.filter((p) => (p === 'agency-register' ? sent : b.hasReceipt));
  return (
    <section aria-label={t('transfer.papers')}>
      <h2 className="fields-title">{t('transfer.papers')}</h2>
      <ul>
        <li className="work-row">
          <a
            href={fileUrl(`/transfers/${b.id}/register.pdf`, { lang: language })}
            target="_blank"
            rel="noreferrer"
          >
            {t(b.hasReceipt ? 'transfer.sheet' : 'transfer.sheetDraft')}
          </a>
        </li>
        {signed.map((paper) => (
          <li key={paper} className="work-row">
            <a href={`${BASE}/transfers/${b.id}/${paper}.json`} download>
              {t(`transfer.paper.${paper}`)}
            </a>
          </li>
        ))}
        {b.manifest !== null && (
          <li className="work-row">
            <a href={`${BASE}/transfers/${b.id}/files.jsonl`} download>
              {t('transfer.fileList')}
            </a>
            <a href={`${BASE}/transfers/${b.id}/files.csv`} download>
              CSV
            </a>
          </li>
        )}
      </ul>
      {signed.length > 0 && (
        <p className="small soft">
          {t('transfer.paperHint', { command: './lantai verify FILE --trust CERT --list files.jsonl' })}
        </p>
      )}
    </section>
  );
}
