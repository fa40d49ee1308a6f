import { useInfiniteQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { Loading, When } from '../../components/small.tsx';
import { Trouble } from '../../components/trouble.tsx';
import { useWording, type Wording } from '../../wording.tsx';
import { eventLines, eventWord } from './event-lines.ts';
import { type ObjectEvent, objectEvents } from './queries.ts';

const SIGNS: Readonly<Record<ObjectEvent['outcome'], string>> = {
  success: 'is-done',
  warning: 'is-waiting',
  failure: 'is-wrong',
};

/** What happened to an object and its copies, the newest first, a sentence each. */
export function Timeline({
  objectId,
  storeName,
}: {
  objectId: string;
  storeName: (storeId: string) => string;
}): ReactNode {
  const wording = useWording();
  const { t } = wording;
  const events = useInfiniteQuery(objectEvents(objectId));
  if (events.error) return <Trouble error={events.error} retry={() => void events.refetch()} />;
  if (!events.data) return <Loading lines={4} />;
  const all = events.data.pages.flatMap((page) => page.items);
  if (all.length === 0) return <p className="soft">{t('object.events.none')}</p>;
  return (
    <>
      <ol className="timeline" aria-label={t('object.events')}>
        {eventLines(all).map((line) =>
          line.kind === 'event' ? (
            <li key={line.event.id} className={SIGNS[line.event.outcome]}>
              <p>{eventSentence(line.event, storeName, wording)}</p>
              <Conversion event={line.event} />
              <p className="small soft">
                <When at={line.event.at} /> · {actorName(line.event.actor, wording)}
              </p>
            </li>
          ) : (
            <li key={line.events[0]?.id} className="is-folded">
              <p className="soft">{t('object.event.routine', { n: line.events.length })}</p>
              <p className="small soft">
                <When at={line.first} /> – <When at={line.last} />
              </p>
            </li>
          ),
        )}
      </ol>
      {events.hasNextPage && (
        <Button size="small" onClick={() => void events.fetchNextPage()} loading={events.isFetchingNextPage}>
          {t('object.events.older')}
        </Button>
      )}
    </>
  );
}

/** What was made of which file, and by what; or why it was not. */
function Conversion({ event }: { event: ObjectEvent }): ReactNode {
  const { word } = useWording();
  const { source, path, tool, toolVersion, code, message } = event.detail ?? {};
  if (typeof source !== 'string' || typeof tool !== 'string') return null;
  const why =
    typeof code === 'string' ? word('error', code, typeof message === 'string' ? message : code) : '';
  return (
    <p className="small">
      <span className="code">{typeof path === 'string' ? `${source} → ${path}` : source}</span> ·{' '}
      {[word('format.tool', tool), String(toolVersion ?? '')].join(' ')}
      {why && ` · ${why}`}
    </p>
  );
}

/** The event in words. One nobody wrote a sentence for is told plainly, never left out. */
export function eventSentence(
  event: ObjectEvent,
  storeName: (storeId: string) => string,
  wording: Wording,
): string {
  const { t, word } = wording;
  const { medium, scope } = event.detail ?? {};
  // Of a sample nobody may say that every byte was read.
  const type = scope === 'sample' && event.type === 'fixity check' ? 'sampled' : eventWord(event.type);
  const pattern = word('object.event', `${type}.${event.outcome}`, '');
  const store =
    typeof medium === 'string'
      ? t('object.event.onMedium', { medium })
      : event.storeId === null
        ? t('object.event.theObject')
        : storeName(event.storeId);
  if (!pattern)
    return t('object.event.other', {
      actor: actorName(event.actor, wording),
      type: event.type,
      outcome: t(`object.event.outcome.${event.outcome}`),
    });
  return pattern.replace('{store}', store);
}

/** The house itself goes by its name in the reader's language. */
function actorName(actor: string, { t }: Wording): string {
  return actor === 'system' || actor === 'lantai' ? t('product.name') : actor;
}
