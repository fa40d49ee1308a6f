import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useEffect, useState } from 'react';
import type { Page } from '../../api/shapes.ts';
import { Loading, Marked } from '../../components/small.tsx';
import { type FoldHan, findRanges, loadFoldHan, sameHan } from '../../lib/fold.ts';
import { useWording } from '../../wording.tsx';
import { pageText } from './use-hits.ts';

/** The text of the open page beside its picture, line by line, and how far it can be trusted. */
export function TextSide({ unitId, page, q }: { unitId: string; page: Page; q: string }): ReactNode {
  const { t } = useWording();
  const readable = page.text.state === 'ready' || page.text.state === 'poor';
  const text = useQuery({ ...pageText(unitId, page.pageNo), enabled: readable });
  const [han, setHan] = useState<FoldHan>(() => sameHan);
  useEffect(() => {
    if (q) void loadFoldHan().then((loaded) => setHan(() => loaded));
  }, [q]);
  if (!readable)
    return (
      <div className="text-side">
        <p className="soft">{t(`page.text.${page.text.state}`)}</p>
      </div>
    );
  if (!text.data) return <Loading lines={8} />;
  return (
    <section className="text-side" aria-label={t('viewer.text')}>
      {text.data.state === 'poor' && <p className="notice is-waiting small">{t('page.text.poorLong')}</p>}
      {text.data.confidence !== null && (
        <p className="small soft">{t('page.text.confidence', { n: Math.round(text.data.confidence) })}</p>
      )}
      {text.data.nameless > 0 && (
        <p className="small soft">{t('page.text.nameless', { n: text.data.nameless })}</p>
      )}
      {text.data.lines.map((line, n) => (
        <p key={`${page.pageNo}-${n.toString()}`}>
          <Marked text={line.text} ranges={q ? findRanges(line.text, q, han) : []} />
        </p>
      ))}
      {text.data.lines.length === 0 && <p className="soft">{text.data.text || t('page.text.empty')}</p>}
    </section>
  );
}
