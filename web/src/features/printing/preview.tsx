import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { type ReactNode, useEffect, useState } from 'react';
import { Loading } from '../../components/small.tsx';
import { Trouble } from '../../components/trouble.tsx';
import { useWording } from '../../wording.tsx';
import { previewOf } from './queries.ts';
import { Told } from './told.tsx';

/** A key that is pressed, or a number that is typed, is waited for before the pages are drawn anew. */
const WAIT_MS = 600;

/** The first pages as they will be printed, drawn from the entries themselves. */
export function Preview({
  archiveId,
  wanted,
}: {
  archiveId: string;
  wanted: Parameters<typeof previewOf>[1];
}): ReactNode {
  const { t } = useWording();
  const settled = useSettled(wanted);
  const pages = useQuery({ ...previewOf(archiveId, settled), placeholderData: keepPreviousData });
  const stale = pages.isFetching || settled !== wanted;
  return (
    <section className="print-preview" aria-label={t('printing.preview')} aria-busy={stale}>
      <p className="small soft" role="status">
        {stale ? t('printing.previewing') : t('printing.preview')}
      </p>
      {pages.error && !pages.isFetching ? (
        <Trouble error={pages.error} retry={() => void pages.refetch()} />
      ) : !pages.data ? (
        <Loading lines={10} />
      ) : (
        <>
          <Told told={pages.data} />
          {pages.data.pages.map((page, n) => (
            <img
              // biome-ignore lint/suspicious/noArrayIndexKey: pages are told by their place
              key={n}
              src={`data:image/jpeg;base64,${page.jpeg}`}
              width={page.width}
              height={page.height}
              style={{ opacity: stale ? 0.5 : 1 }}
              alt={t('printing.previewPage', { n: n + 1 })}
            />
          ))}
        </>
      )}
    </section>
  );
}

/** A value once it has stayed the same for a while. */
function useSettled<T>(value: T): T {
  const [settled, setSettled] = useState(value);
  const text = JSON.stringify(value);
  const [settledText, setSettledText] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => {
      setSettledText(text);
      setSettled(JSON.parse(text));
    }, WAIT_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return text === settledText ? value : settled;
}
