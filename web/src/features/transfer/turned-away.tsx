import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Checkbox } from 'antd';
import { type ReactNode, useState } from 'react';
import { api, body, done } from '../../api/client.ts';
import { Code, Loading, Status, When } from '../../components/small.tsx';
import { Trouble } from '../../components/trouble.tsx';
import { WithReason } from '../../components/with-reason.tsx';
import { bytes } from '../../lib/format.ts';
import { useArchiveName, useSession } from '../../shell/place.ts';
import { useWording } from '../../wording.tsx';

/** What a page of the list holds. */
const pageOf = async (waiting: boolean, cursor: string | undefined) =>
  body(api.GET('/blocked', { params: { query: { waiting, limit: 20, ...(cursor && { cursor }) } } }));
type One = Awaited<ReturnType<typeof pageOf>>['items'][number];

/** What was turned away at the doors of filing and of imports. */
export function TurnedAway(): ReactNode {
  const { t } = useWording();
  const [all, setAll] = useState(false);
  const [cursors, setCursors] = useState<(string | undefined)[]>([undefined]);
  const cursor = cursors.at(-1);
  const list = useQuery({
    queryKey: ['blocked', all, cursor],
    queryFn: () => pageOf(!all, cursor),
  });
  return (
    <section className="stack" aria-labelledby="blocked-doors">
      <h2 className="fields-title" id="blocked-doors">
        {t('classified.atDoors')}
      </h2>
      <Checkbox
        checked={all}
        onChange={(event) => {
          setAll(event.target.checked);
          setCursors([undefined]);
        }}
      >
        {t('classified.all')}
      </Checkbox>
      {list.error && <Trouble error={list.error} retry={() => void list.refetch()} />}
      {list.isPending && <Loading lines={3} />}
      {list.data?.items.length === 0 && <p className="soft">{t('classified.atDoorsNone')}</p>}
      <ul className="stack">
        {list.data?.items.map((one) => (
          <TurnedOne key={one.id} one={one} />
        ))}
      </ul>
      {(cursors.length > 1 || list.data?.next) && (
        <div style={{ display: 'flex', gap: 8 }}>
          <Button
            size="small"
            disabled={cursors.length === 1}
            onClick={() => setCursors(cursors.slice(0, -1))}
          >
            {t('act.previous')}
          </Button>
          <Button
            size="small"
            disabled={!list.data?.next}
            onClick={() => setCursors([...cursors, list.data?.next ?? undefined])}
          >
            {t('act.next')}
          </Button>
        </div>
      )}
    </section>
  );
}

function TurnedOne({ one }: { one: One }): ReactNode {
  const { t, word } = useWording();
  const { archives } = useSession();
  const nameOf = useArchiveName();
  const queries = useQueryClient();
  const [open, setOpen] = useState(false);
  const archive = archives.find((a) => a.id === one.archiveId);
  const remove = useMutation({
    mutationFn: (reason: string) =>
      done(api.POST('/blocked/{id}/removal', { params: { path: { id: one.id } }, body: { reason } })),
    onSuccess: () => void queries.invalidateQueries({ queryKey: ['blocked'] }),
  });
  const facts = [
    t('classified.source', { source: word('classified.source', one.source, one.source), name: one.sentBy }),
    t('classified.places', { n: one.places }),
    one.files > 0 && t('classified.files', { n: one.files }),
    one.times > 1 && t('classified.times', { n: one.times }),
    archive && nameOf(archive),
  ].filter(Boolean);
  return (
    <li className="stack">
      <div className="work-row">
        <span className="grow">
          <span className="work-title">
            <Code value={one.number} /> {t(`classified.door.${one.door}`)}
          </span>
          <span className="small soft">
            {facts.join(' · ')} · <When at={one.lastAt} />
          </span>
          {one.removed && (
            <span className="small soft">
              {t('classified.removed', { by: one.removed.by, reason: one.removed.reason })}
            </span>
          )}
        </span>
        <Status tone={one.removed ? 'closed' : 'wrong'}>
          {one.removed ? t('classified.gone') : t('classified.waits')}
        </Status>
        {!open && !one.removed && (
          <Button size="small" title={t('classified.lookHint')} onClick={() => setOpen(true)}>
            {t('classified.look')}
          </Button>
        )}
      </div>
      {open && !one.removed && (
        <>
          <Marks id={one.id} />
          <WithReason
            act={t('transfer.blockedRemove')}
            what={t('classified.removeText')}
            reason={t('transfer.reason')}
            danger
            pending={remove.isPending}
            error={remove.error}
            onAct={(reason) => remove.mutate(reason)}
          />
        </>
      )}
    </li>
  );
}

/** What was found. Looking is told in the trail, so it is asked for by a click. */
function Marks({ id }: { id: string }): ReactNode {
  const { t } = useWording();
  const found = useQuery({
    queryKey: ['blocked-one', id],
    queryFn: () => body(api.GET('/blocked/{id}', { params: { path: { id } } })),
    gcTime: 0,
  });
  if (found.error) return <Trouble error={found.error} />;
  if (!found.data) return <Loading lines={2} />;
  return (
    <table className="data wrap" aria-label={t('transfer.blockedPlaces')}>
      <thead>
        <tr>
          <th scope="col">{t('transfer.where')}</th>
          <th scope="col" style={{ width: 140 }}>
            {t('transfer.what')}
          </th>
        </tr>
      </thead>
      <tbody>
        {found.data.marks.map((m) => (
          <tr key={`${m.what} ${m.place}`}>
            <td style={{ overflowWrap: 'anywhere' }}>{m.place}</td>
            <td>{t(`transfer.blockedWhat.${m.what}`)}</td>
          </tr>
        ))}
        {found.data.files.map((f, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two files may have one name, and the list does not change
          <tr key={i}>
            <td style={{ overflowWrap: 'anywhere' }}>{f.name}</td>
            <td>{bytes(f.bytes)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
