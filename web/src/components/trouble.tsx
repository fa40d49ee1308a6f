import { Button } from 'antd';
import { type ReactNode, useEffect, useRef } from 'react';
import { useRouteError } from 'react-router';
import { ApiError } from '../api/client.ts';
import { useWording, type Wording } from '../wording.tsx';

/** The sentence for anything that went wrong: by its code, else by its kind, else what the server said. */
export function sentenceOf(error: unknown, { t, refused }: Wording): string {
  if (!(error instanceof ApiError)) return t('error.unknown');
  if (error.code === 'network') return t('error.network');
  const own = refused(error.code, error.problem?.values);
  if (own) return own;
  if (error.status === 404) return t('error.notFound');
  if (error.status >= 500 || !error.problem?.detail) return t('error.unknown');
  return error.problem.detail;
}

/** What happened, what to do, and the reference number. "May not see" looks like "is not there". */
export function Trouble({ error, retry }: { error: unknown; retry?: () => void }): ReactNode {
  const wording = useWording();
  const { t } = wording;
  const reference = error instanceof ApiError ? error.problem?.reference : undefined;
  // A form's trouble stands at its head, and the button that was pressed at its foot.
  const notice = useRef<HTMLDivElement>(null);
  useEffect(() => {
    notice.current?.scrollIntoView({ block: 'nearest' });
  }, []);
  return (
    <div ref={notice} className="notice is-wrong" role="alert">
      <p>{sentenceOf(error, wording)}</p>
      {reference && <p className="small soft">{t('error.reference', { reference })}</p>}
      {retry && (
        <Button size="small" onClick={retry} style={{ marginTop: 8 }}>
          {t('act.retry')}
        </Button>
      )}
    </div>
  );
}

/** Page-wide: a fault while drawing or loading a page. */
export function RouteTrouble(): ReactNode {
  const error = useRouteError();
  return (
    <div className="page narrow">
      <Trouble error={error} retry={() => window.location.reload()} />
    </div>
  );
}

/** Nothing here for this person: the same for what is not there and for what they may not see. */
export function NothingHere(): ReactNode {
  const { t } = useWording();
  return (
    <div className="empty">
      <h2>{t('nothing.title')}</h2>
      <p>{t('error.notFound')}</p>
    </div>
  );
}
