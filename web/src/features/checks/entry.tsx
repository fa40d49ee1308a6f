import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { type ReactNode, useState } from 'react';
import { api, body } from '../../api/client.ts';
import { Loading, Status } from '../../components/small.tsx';
import { Trouble } from '../../components/trouble.tsx';
import { bytes } from '../../lib/format.ts';
import { useWording } from '../../wording.tsx';
import { type InsideShown, isInside, surenessOf } from './inside.ts';
import { insideRows } from './inside-rows.ts';

interface EntryProps {
  id: string;
  entry: number;
}

/** One file of the package: its formats and why, what was found about it, and what is inside. */
export function EntryPage({ id, entry: n }: EntryProps): ReactNode {
  const { t, word } = useWording();
  const [look, setLook] = useState(false);
  const found = useQuery({
    queryKey: ['examination-entry', id, n],
    queryFn: () => body(api.GET('/examinations/{id}/entries/{n}', { params: { path: { id, n } } })),
  });
  if (found.error) return <Trouble error={found.error} retry={() => void found.refetch()} />;
  if (found.isPending) return <Loading lines={3} />;
  const entry = found.data;
  return (
    <section aria-label={entry.path}>
      <h2 className="code">{entry.path}</h2>
      {entry.errors + entry.warnings > 0 && <EntryFindings id={id} entry={n} />}
      {entry.kind === 'file' && (
        <>
          <dl className="facts">
            <dt>{t('examination.bytes')}</dt>
            <dd>{bytes(entry.bytes)}</dd>
            <dt>{t('examination.formats')}</dt>
            <dd>
              {entry.notIdentified && word('examination.notIdentified', entry.notIdentified)}
              {entry.matches?.length === 0 && t('examination.formatUnknown')}
              {entry.matches?.map((m) => (
                <p key={m.puid + m.basis}>
                  {m.name} {m.version} <span className="code">{m.puid}</span>{' '}
                  <span className="soft small" lang="en">
                    {t('examination.basis')}: {m.basis}
                  </span>
                </p>
              ))}
            </dd>
          </dl>
          {look ? (
            <Inside id={id} entry={n} />
          ) : (
            <Button onClick={() => setLook(true)}>{t('examination.insideLook')}</Button>
          )}
        </>
      )}
    </section>
  );
}

function EntryFindings({ id, entry }: EntryProps): ReactNode {
  const { t } = useWording();
  const found = useQuery({
    queryKey: ['examination-findings-of', id, entry],
    queryFn: () =>
      body(api.GET('/examinations/{id}/findings', { params: { path: { id }, query: { entry, limit: 50 } } })),
  });
  if (found.error) return <Trouble error={found.error} />;
  return (
    <ul>
      {found.data?.items.map((f) => (
        <li key={f.seq}>
          <Status tone={f.severity === 'error' ? 'wrong' : 'waiting'}>
            {t(`finding.${f.family}.title`)}
          </Status>{' '}
          <span className="soft small">{f.code}</span>
          <p>{t(`finding.${f.family}.todo`)}</p>
          <p className="soft small" lang="en">
            {f.message}
          </p>
        </li>
      ))}
    </ul>
  );
}

function Inside({ id, entry: n }: EntryProps): ReactNode {
  const wording = useWording();
  const { t } = wording;
  const found = useQuery({
    queryKey: ['examination-inside', id, n],
    queryFn: () => body(api.GET('/examinations/{id}/entries/{n}/inside', { params: { path: { id, n } } })),
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (found.error) return <Trouble error={found.error} retry={() => void found.refetch()} />;
  if (found.isPending) return <Loading lines={3} />;
  const { inside } = found.data;
  if (!isInside(inside)) return null;
  return (
    <>
      <h3>{t('examination.inside')}</h3>
      <dl className="facts">
        {insideRows(inside, wording).map(([label, value]) => [
          <dt key={`${label}-label`}>{label}</dt>,
          <dd key={label}>{value}</dd>,
        ])}
      </dl>
      <Signatures signatures={inside.signatures ?? []} />
      {inside.pdf && <PdfA pdfA={inside.pdf.pdfA} />}
      <NotPerformed words={inside.notPerformed} />
    </>
  );
}

function Signatures({ signatures }: { signatures: NonNullable<InsideShown['signatures']> }): ReactNode {
  const { t } = useWording();
  if (signatures.length === 0) return null;
  return (
    <>
      <h3>{t('examination.signatures')}</h3>
      <ul>
        {signatures.map((s) => {
          const sure = surenessOf(s);
          return (
            <li key={`${s.name} ${s.signedAt ?? ''}`}>
              <Status tone={sure === 'right' ? 'done' : sure === 'wrong' ? 'wrong' : 'waiting'}>
                {t(`examination.signed.${sure}`)}
              </Status>{' '}
              {s.signer ?? s.name} {s.signedAt}
              <p className="soft small" lang="en">
                {s.words}
              </p>
            </li>
          );
        })}
      </ul>
    </>
  );
}

function PdfA({ pdfA }: { pdfA: NonNullable<InsideShown['pdf']>['pdfA'] }): ReactNode {
  const { t } = useWording();
  return (
    <>
      <h3>{t('examination.pdfa')}</h3>
      <p>
        {pdfA.verdict === 'noClaim'
          ? t('examination.pdfa.none')
          : t('examination.pdfa.claims', { claim: pdfA.judgedAs ?? 'PDF/A' })}
      </p>
      <p className="soft small" lang="en">
        {pdfA.summary}
      </p>
      {pdfA.faults.length > 0 && (
        <>
          <h4>{t('examination.pdfa.faults')}</h4>
          <ul lang="en">
            {pdfA.faults.map((f) => (
              <li key={f.rule}>
                <span className="code">{f.clause}</span> {f.message}{' '}
                <span className="soft small">
                  × {f.count} {f.places.join(', ')}
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
      <NotPerformed words={pdfA.notPerformed} />
    </>
  );
}

function NotPerformed({ words }: { words: readonly string[] }): ReactNode {
  const { t } = useWording();
  if (words.length === 0) return null;
  return (
    <>
      <h4>{t('examination.notPerformed')}</h4>
      <ul lang="en">
        {words.map((one) => (
          <li key={one}>{one}</li>
        ))}
      </ul>
    </>
  );
}
