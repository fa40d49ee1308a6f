import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { api, done } from '../../../api/client.ts';
import type { SchemeBody, SchemeVersion } from '../../../api/shapes.ts';
import { Empty, Status, type Tone } from '../../../components/small.tsx';
import { Trouble } from '../../../components/trouble.tsx';
import { listOf } from '../../../lib/format.ts';
import { useWording, type Wording } from '../../../wording.tsx';

const TONES: Record<SchemeVersion['state'], Tone> = { inForce: 'done', toCome: 'waiting', followed: 'plain' };
const PARTS: ReadonlySet<string> = new Set(['names', 'obligations', 'terms']);

/** A difference in words. */
function said(
  d: SchemeVersion['differences'][number],
  body: SchemeBody | undefined,
  { word, language }: Wording,
): string {
  const own =
    d.what === 'element'
      ? body?.elements.find((e) => e.key === d.key)
      : d.what === 'vocabulary'
        ? body?.vocabularies.find((v) => v.key === d.key)
        : undefined;
  const name =
    own?.names[language] ??
    (d.what === 'change'
      ? word('field', d.key)
      : d.what === 'missing'
        ? word('schemes.missing', d.key)
        : d.key);
  const named = new Set(d.parts.map((part) => (PARTS.has(part) ? part : 'other')));
  const parts = listOf(
    language,
    [...named].map((part) => word('schemes.part', part)),
  );
  return word('schemes.difference', `${d.what}.${d.how}`)
    .replaceAll('{name}', name)
    .replaceAll('{parts}', parts);
}

/** The versions of a scheme, the newest first, each with what it says otherwise than the one before. */
export function Versions(props: {
  versions: readonly SchemeVersion[];
  /** The newest, for names. */
  body: SchemeBody | undefined;
  mayWrite: boolean;
  onBegin: (id: string) => void;
}): ReactNode {
  const wording = useWording();
  const { t } = wording;
  const queries = useQueryClient();
  const withdraw = useMutation({
    mutationFn: (id: string) => done(api.DELETE('/description-schemes/{id}', { params: { path: { id } } })),
    onSuccess: () => void queries.invalidateQueries({ queryKey: ['description-schemes'] }),
  });
  if (props.versions.length === 0)
    return <Empty title={t('schemes.noVersions')}>{t('schemes.standardOnly')}</Empty>;
  return (
    <>
      {withdraw.error && <Trouble error={withdraw.error} />}
      <ul className="history" aria-label={t('schemes.versions')}>
        {props.versions.map((v) => (
          <li key={v.id} className={v.state === 'followed' ? 'soft' : ''}>
            <div className="spread">
              <span>
                <strong>{t('schemes.version', { n: v.version })}</strong>{' '}
                <span className="small soft">
                  {t('schemes.since', { day: v.validFrom })} · {t('schemes.by', { by: v.createdBy })}
                </span>
              </span>
              <Status tone={TONES[v.state]}>{t(`schemes.${v.state}`)}</Status>
            </div>
            {v.reason && <p>{v.reason}</p>}
            <ul className="small">
              {v.differences.map((d) => (
                <li key={`${d.what}.${d.key}`}>{said(d, props.body, wording)}</li>
              ))}
            </ul>
            {props.mayWrite && (
              <div className="row">
                <button type="button" className="plain link" onClick={() => props.onBegin(v.id)}>
                  {t('schemes.beginFrom')}
                </button>
                {v.state === 'toCome' && (
                  <button type="button" className="plain link" onClick={() => withdraw.mutate(v.id)}>
                    {t('schemes.withdraw')}
                  </button>
                )}
              </div>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}
