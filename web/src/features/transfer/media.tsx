import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Select } from 'antd';
import { type ReactNode, useRef, useState } from 'react';
import { api, BASE, done, fileUrl } from '../../api/client.ts';
import { DropZone, FolderChoice } from '../../components/drop-zone.tsx';
import { type Sending, SendProgress } from '../../components/send-progress.tsx';
import { Field, Status } from '../../components/small.tsx';
import { Trouble } from '../../components/trouble.tsx';
import { bytes, count } from '../../lib/format.ts';
import { type Sent, sendAll } from '../../lib/sending.ts';
import type { FolderFile } from '../../lib/upload.ts';
import { useCan } from '../../shell/place.ts';
import { useWording } from '../../wording.tsx';
import { BatchFindings } from './findings.tsx';
import type { BatchRead } from './queries.ts';
import '../../styles/filing.css';

/** What media usually hold, in the bytes makers mean. */
const SIZES = [
  ['cd', 700_000_000],
  ['dvd', 4_700_000_000],
  ['bd', 25_000_000_000],
  ['bd100', 100_000_000_000],
  ['disk', 1_000_000_000_000],
] as const;

/** Signs a checked batch to be sent off-line, on media of a size. */
export function Dispatch(props: { pending: boolean; onDispatch: (mediumBytes: number) => void }): ReactNode {
  const { t } = useWording();
  const [size, setSize] = useState<number>(SIZES[1][1]);
  return (
    <div className="row">
      <Field label={t('transfer.mediumBytes')} hint={t('transfer.mediumBytesHint')}>
        {(id) => (
          <Select
            id={id}
            value={size}
            onChange={setSize}
            style={{ minWidth: 180 }}
            options={SIZES.map(([name, value]) => ({ value, label: t(`transfer.medium.${name}`) }))}
          />
        )}
      </Field>
      <Button loading={props.pending} onClick={() => props.onDispatch(size)}>
        {t('transfer.act.dispatch')}
      </Button>
    </div>
  );
}

/** The media of a batch that was sent off-line: for the agency to write, for the archive to read in. */
export function BatchMedia({ batch }: { batch: BatchRead }): ReactNode {
  const { t, language } = useWording();
  const can = useCan();
  const { media: set } = batch;
  if (!set) return null;
  const onTheWay = batch.state === 'dispatched' || batch.state === 'reading';
  const mayWrite = onTheWay && can('filing.write', batch.archiveId);
  const check = { qualified: false, verdict: null, errors: set.wrong, warnings: 0, runId: null };
  return (
    <section aria-label={t('transfer.media')} className="stack">
      <h2 className="fields-title">{t('transfer.media')}</h2>
      {mayWrite && <p className="small soft">{t('transfer.mediaNext')}</p>}
      <ul>
        {set.media.map((m) => (
          <li key={m.no} className="work-row media-row">
            <span className="code">{m.number}</span>
            <span className="small soft grow">
              {count(m.files)} · {bytes(m.bytes)}
            </span>
            {mayWrite && (
              <a href={`${BASE}/transfers/${batch.id}/media/${m.no}/content.zip`} download>
                {t('transfer.mediumContent')}
              </a>
            )}
            <a
              href={fileUrl(`/transfers/${batch.id}/media/${m.no}/label.pdf`, { lang: language })}
              target="_blank"
              rel="noreferrer"
            >
              {t('transfer.mediumLabel')}
            </a>
            <Status tone={m.read ? 'done' : 'waiting'}>
              {t(m.read ? 'transfer.mediumRead' : 'transfer.mediumWaiting')}
            </Status>
          </li>
        ))}
      </ul>
      {batch.state === 'dispatched' && set.wrong > 0 && (
        <>
          <div className="notice is-wrong" role="alert">
            {t('transfer.mediaWrong', { n: set.wrong })}
          </div>
          <BatchFindings batch={batch} side="archive" title={t('transfer.act.readWrong')} check={check} />
        </>
      )}
      {batch.acts.includes('readIn') && <ReadIn batch={batch} />}
    </section>
  );
}

const NOTHING: Sent = { files: 0, bytes: 0 };

/** Where the archive puts what it reads off a medium. */
function ReadIn({ batch }: { batch: BatchRead }): ReactNode {
  const { t } = useWording();
  const queries = useQueryClient();
  const [chosen, setChosen] = useState<Sending>();
  const [sent, setSent] = useState(NOTHING);
  const arrived = useRef(new Map<File, string>());
  const stop = useRef<AbortController>(null);
  const give = useMutation({
    mutationFn: async (files: readonly FolderFile[]) => {
      const controller = new AbortController();
      stop.current = controller;
      const { signal } = controller;
      const uploadIds = await sendAll(files, arrived.current, { signal, onProgress: setSent });
      await done(
        api.PUT('/transfers/{id}/media', {
          params: { path: { id: batch.id } },
          body: { uploadIds, version: batch.version },
        }),
      );
    },
    onSuccess: () => {
      setChosen(undefined);
      void queries.invalidateQueries({ queryKey: ['transfer', batch.id] });
    },
    onError: () => stop.current?.abort(),
  });
  const begin = (files: FolderFile[]): void => {
    if (files.length === 0) return;
    arrived.current.clear();
    setSent(NOTHING);
    setChosen({ files, bytes: files.reduce((sum, { file }) => sum + file.size, 0), since: Date.now() });
    give.mutate(files);
  };
  const stopped = give.error instanceof DOMException && give.error.name === 'AbortError';
  return (
    <>
      {give.error && !stopped && (
        <Trouble error={give.error} retry={() => chosen && give.mutate(chosen.files)} />
      )}
      {chosen && give.isPending ? (
        <SendProgress chosen={chosen} sent={sent} onStop={() => stop.current?.abort()} />
      ) : (
        <DropZone
          title={t('transfer.mediaDrop')}
          hint={t('transfer.mediaDropHint')}
          onFiles={begin}
          also={<FolderChoice onFiles={begin} />}
        />
      )}
    </>
  );
}
