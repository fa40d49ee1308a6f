import type { ReactNode } from 'react';
import { When } from '../../components/small.tsx';
import { bytes, count } from '../../lib/format.ts';
import { useWording } from '../../wording.tsx';
import { Detail } from './original.tsx';
import type { CheckReport } from './shapes.ts';

const MOST_FORMATS = 8;

/** What it is and why it is taken for that, how much it is, and of which formats. */
export function Facts({ report }: { report: CheckReport }): ReactNode {
  const { t, word } = useWording();
  const alone = report.kind === 'file';
  return (
    <dl className="facts">
      <dt>{t('examination.kind')}</dt>
      <dd>
        {word('examination.kind', report.kind)}
        {report.what && !alone && report.kind !== 'unknown' && <Detail>{report.what}</Detail>}
      </dd>
      {!alone && (
        <>
          <dt>{t('examination.why')}</dt>
          <dd>{word('examination.why', report.kind)}</dd>
          <dt>{t('examination.files')}</dt>
          <dd>
            {count(report.files)} ({bytes(report.bytes)})
          </dd>
          <dt>{t('examination.entries')}</dt>
          <dd>{count(report.listed + report.unlisted)}</dd>
          <dt>{t('examination.formats')}</dt>
          <dd>
            <Formats formats={report.formats} />
          </dd>
        </>
      )}
      {alone && (
        <>
          <dt>{t('examination.size')}</dt>
          <dd>{bytes(report.bytes)}</dd>
        </>
      )}
      <dt>{t('examination.expiresAt')}</dt>
      <dd>
        <When at={report.expiresAt} />
      </dd>
    </dl>
  );
}

function Formats({ formats }: Pick<CheckReport, 'formats'>): ReactNode {
  const { t } = useWording();
  return (
    <ul>
      {formats.slice(0, MOST_FORMATS).map((f) => (
        <li key={`${f.puid} ${f.version}`}>
          {f.puid === null ? (
            t('examination.formatUnknown')
          ) : (
            <>
              {f.name} {f.version} <span className="soft small">{f.puid}</span>
            </>
          )}{' '}
          × {count(f.files)}
        </li>
      ))}
      {formats.length > MOST_FORMATS && (
        <li className="soft">{t('examination.moreFormats', { n: formats.length - MOST_FORMATS })}</li>
      )}
    </ul>
  );
}
