import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { type ReactNode, useState } from 'react';
import { api, body } from '../../api/client.ts';
import { Loading, Status } from '../../components/small.tsx';
import { Trouble } from '../../components/trouble.tsx';
import { bytes, count } from '../../lib/format.ts';
import { useWording } from '../../wording.tsx';
import { type InsideShown, isInside, momentOf, surenessOf, type VeraPdfShown } from './inside.ts';
import { insideRows } from './inside-rows.ts';
import { Detail, useOriginal } from './original.tsx';
import { type CheckEntry, toneOfSeverity } from './shapes.ts';

interface EntryProps {
  id: string;
  entry: number;
}

/** One file of the package: its formats and why, what was found about it, and what is inside. @param alone it is all there is */
export function EntryPage({ id, entry: n, alone = false }: EntryProps & { alone?: boolean }): ReactNode {
  const { t } = useWording();
  const [look, setLook] = useState(alone);
  const found = useQuery({
    queryKey: ['examination-entry', id, n],
    queryFn: () => body(api.GET('/examinations/{id}/entries/{n}', { params: { path: { id, n } } })),
  });
  if (found.error) return <Trouble error={found.error} retry={() => void found.refetch()} />;
  if (found.isPending) return <Loading lines={3} />;
  const entry = found.data;
  return (
    <section aria-label={entry.path} className="stack">
      {!alone && <h3 className="check-path">{entry.path}</h3>}
      {entry.errors + entry.warnings > 0 && <EntryFindings id={id} entry={n} />}
      {entry.kind === 'file' && (
        <>
          <FormatOf entry={entry} alone={alone} />
          {look ? (
            <Inside id={id} entry={n} alone={alone} />
          ) : (
            <div>
              <Button onClick={() => setLook(true)}>{t('examination.insideLook')}</Button>
            </div>
          )}
        </>
      )}
    </section>
  );
}

function FormatOf({ entry, alone }: { entry: CheckEntry; alone: boolean }): ReactNode {
  const { t, word } = useWording();
  return (
    <dl className="facts">
      {!alone && (
        <>
          <dt>{t('examination.size')}</dt>
          <dd>{bytes(entry.bytes)}</dd>
        </>
      )}
      <dt>{t('examination.format')}</dt>
      <dd>
        {entry.notIdentified && word('examination.notIdentified', entry.notIdentified)}
        {entry.matches?.length === 0 && t('examination.formatUnknown')}
        {entry.matches?.map((m) => (
          <div key={m.puid + m.basis}>
            {m.name} {m.version} <span className="soft small">{m.puid}</span>
            <Detail>
              {t('examination.basis')}: {m.basis}
            </Detail>
          </div>
        ))}
      </dd>
    </dl>
  );
}

function EntryFindings({ id, entry }: EntryProps): ReactNode {
  const { t, word } = useWording();
  const found = useQuery({
    queryKey: ['examination-findings-of', id, entry],
    queryFn: () =>
      body(api.GET('/examinations/{id}/findings', { params: { path: { id }, query: { entry, limit: 50 } } })),
  });
  if (found.error) return <Trouble error={found.error} />;
  return (
    <ul className="check-found">
      {found.data?.items.map((f) => (
        <li key={f.seq}>
          <Status tone={toneOfSeverity(f.severity)}>{t(`finding.${f.family}.title`)}</Status>{' '}
          <span className="soft small code">{f.code}</span>
          <p>{word('rule', f.code, '')}</p>
          <p>{t(`finding.${f.family}.todo`)}</p>
          <Detail>{f.message}</Detail>
        </li>
      ))}
    </ul>
  );
}

function Inside({ id, entry: n, alone }: EntryProps & { alone: boolean }): ReactNode {
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
  // Below the page's own heading, or below that of the file.
  const Heading = alone ? 'h2' : 'h4';
  const rows = insideRows(inside, wording);
  return (
    <>
      <Heading>{t('examination.inside')}</Heading>
      {rows.length === 0 && <p className="soft small">{t('examination.insideNothing')}</p>}
      <dl className="facts">
        {rows.map(([label, value]) => [
          <dt key={`${label}-label`}>{label}</dt>,
          <dd key={label}>{value}</dd>,
        ])}
      </dl>
      {inside.claims && <p className="soft small">* {t('examination.inside.claims')}</p>}
      <Signatures signatures={inside.signatures ?? []} heading={Heading} />
      {inside.pdf && <PdfA pdfA={inside.pdf.pdfA} heading={Heading} />}
      {inside.pdf?.veraPdf && <VeraPdf said={inside.pdf.veraPdf} />}
      <NotPerformed words={inside.notPerformed} />
    </>
  );
}

type Heading = 'h2' | 'h4';

function Signatures({
  signatures,
  heading: Heading,
}: {
  signatures: NonNullable<InsideShown['signatures']>;
  heading: Heading;
}): ReactNode {
  const { t } = useWording();
  if (signatures.length === 0) return null;
  return (
    <>
      <Heading>{t('examination.signatures')}</Heading>
      <ul>
        {signatures.map((s) => {
          const sure = surenessOf(s);
          return (
            <li key={`${s.name} ${s.signedAt ?? ''}`}>
              <Status tone={sure === 'right' ? 'done' : sure === 'wrong' ? 'wrong' : 'waiting'}>
                {t(`examination.signed.${sure}`)}
              </Status>{' '}
              {s.signer ?? s.name} {momentOf(s.signedAt ?? '')}
              <Detail>{s.words}</Detail>
            </li>
          );
        })}
      </ul>
    </>
  );
}

function PdfA({
  pdfA,
  heading: Heading,
}: {
  pdfA: NonNullable<InsideShown['pdf']>['pdfA'];
  heading: Heading;
}): ReactNode {
  const { t } = useWording();
  return (
    <>
      <Heading>{t('examination.pdfa')}</Heading>
      {pdfA.verdict === 'noClaim' ? (
        <p>{t('examination.pdfa.none')}</p>
      ) : (
        <p>
          {t('examination.pdfa.claims', { claim: pdfA.judgedAs ?? 'PDF/A' })}{' '}
          <Status tone={pdfA.verdict === 'nonconforming' ? 'wrong' : 'done'}>
            {t(`examination.pdfa.${pdfA.verdict}`)}
          </Status>
        </p>
      )}
      <Detail>{pdfA.summary}</Detail>
      {pdfA.faults.length > 0 && (
        <>
          <p>{t('examination.pdfa.faults')}</p>
          <ul className="check-found">
            {pdfA.faults.map((f) => (
              <li key={f.rule}>
                {t('examination.pdfa.clause', { clause: f.clause })}{' '}
                <span className="soft small">{t('examination.times', { n: count(f.count) })}</span>
                <Detail>
                  {f.message} {f.places.join(', ')}
                </Detail>
              </li>
            ))}
          </ul>
        </>
      )}
      <NotPerformed words={pdfA.notPerformed} />
    </>
  );
}

/** The verdict of another program, beside ours. */
function VeraPdf({ said }: { said: VeraPdfShown }): ReactNode {
  const { t } = useWording();
  const rules = count(said.rules);
  return (
    <>
      <p>
        {t('examination.veraPdf', { version: said.version })}{' '}
        <Status tone={said.conforms ? 'done' : 'wrong'}>
          {said.conforms
            ? t('examination.veraPdf.conforms', { rules })
            : t('examination.veraPdf.broken', { n: count(said.faults.length), rules })}
        </Status>
      </p>
      {said.faults.length > 0 && (
        <ul className="check-found">
          {said.faults.map((f) => (
            <li key={`${f.clause} ${f.test}`}>
              {t('examination.pdfa.clause', { clause: f.clause })}{' '}
              <span className="soft small">{t('examination.times', { n: count(f.count) })}</span>
              <Detail>{f.message}</Detail>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

/** In the checks' own words only: there is nothing to do about it. */
function NotPerformed({ words }: { words: readonly string[] }): ReactNode {
  const { t } = useWording();
  const shown = useOriginal();
  if (words.length === 0) return null;
  if (!shown) return <p className="soft small">{t('examination.notPerformedN', { n: words.length })}</p>;
  return (
    <>
      <p>{t('examination.notPerformed')}</p>
      <ul lang="en" className="check-found">
        {words.map((one) => (
          <li key={one}>{one}</li>
        ))}
      </ul>
    </>
  );
}
