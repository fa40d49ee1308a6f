import { useInfiniteQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { When } from '../../components/small.tsx';
import { Trouble } from '../../components/trouble.tsx';
import { useWording } from '../../wording.tsx';
import { decisionsOn, type FormatDecision, type HeldFormat } from './queries.ts';
import { useSubjectName } from './words.ts';

/** What was decided about formats, the newest first: of one subject, or of the archive. */
export function Decisions({
  archiveId,
  subject,
  formats,
}: {
  archiveId: string;
  subject?: string;
  formats: readonly HeldFormat[];
}): ReactNode {
  const { t } = useWording();
  const nameOf = useSubjectName(formats);
  const list = useInfiniteQuery(decisionsOn(archiveId, subject));
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  const id = subject === undefined ? 'decisions-title' : 'history-title';
  return (
    <section aria-labelledby={id}>
      <h2 className="fields-title" id={id}>
        {t('formats.history')}
      </h2>
      {list.error && <Trouble error={list.error} retry={() => void list.refetch()} />}
      {list.data && items.length === 0 && <p className="soft">{t('formats.noHistory')}</p>}
      {items.length > 0 && (
        <ol className="timeline">
          {items.map((d) => (
            <li key={d.id}>
              <p>
                {subject === undefined && <strong>{nameOf(d.subject)} </strong>}
                <Decided decision={d} />
              </p>
              <p>{d.reason}</p>
              <p className="small soft">
                {d.decidedByName} · <When at={d.decidedAt} />
              </p>
            </li>
          ))}
        </ol>
      )}
      {list.hasNextPage && (
        <Button size="small" onClick={() => void list.fetchNextPage()} loading={list.isFetchingNextPage}>
          {t('package.more')}
        </Button>
      )}
    </section>
  );
}

function Decided({ decision: { risk, policy } }: { decision: FormatDecision }): ReactNode {
  const { t } = useWording();
  if (!risk && !policy) return t('formats.takenBack');
  return [
    ...(policy ? [t(`format.policy.${policy}`)] : []),
    ...(risk ? [t('formats.riskOf', { risk: t(`format.risk.${risk}`) })] : []),
  ].join(' · ');
}
