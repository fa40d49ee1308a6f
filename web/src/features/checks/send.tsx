import { useMutation, useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { type ReactNode, useId, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { api, body } from '../../api/client.ts';
import { DropZone } from '../../components/drop-zone.tsx';
import { Trouble } from '../../components/trouble.tsx';
import { bytes, count, percent } from '../../lib/format.ts';
import type { FolderFile } from '../../lib/upload.ts';
import { useWording } from '../../wording.tsx';
import { type Sent, sendToCheck } from './sending.ts';

interface Sending {
  files: FolderFile[];
  bytes: number;
  since: number;
}

/** A file costs time by itself, however small. */
const FILE_BYTES = 200_000;
const weightOf = ({ files, bytes }: Sent): number => bytes + files * FILE_BYTES;

const NOTHING: Sent = { files: 0, bytes: 0 };

/** A place to drop a file, an archive or a folder: it is sent at once, and the report opened. */
export function SendToCheck(): ReactNode {
  const { t } = useWording();
  const navigate = useNavigate();
  const [chosen, setChosen] = useState<Sending>();
  const [sent, setSent] = useState(NOTHING);
  const [tooLarge, setTooLarge] = useState<number>();
  const arrived = useRef(new Map<File, string>());
  const stop = useRef<AbortController>(null);
  const room = useQuery({
    queryKey: ['examination-room'],
    queryFn: () => body(api.GET('/examinations/room')),
  });
  const left = room.data ? room.data.mostBytes - room.data.bytes : Number.POSITIVE_INFINITY;
  const full = room.data !== undefined && room.data.count >= room.data.mostKept;
  const send = useMutation({
    mutationFn: (files: readonly FolderFile[]) => {
      const controller = new AbortController();
      stop.current = controller;
      return sendToCheck(files, arrived.current, { signal: controller.signal, onProgress: setSent });
    },
    onSuccess: (id) => navigate(`/checks/${id}`),
    onError: () => stop.current?.abort(),
  });
  const begin = (files: FolderFile[]): void => {
    const size = files.reduce((sum, { file }) => sum + file.size, 0);
    arrived.current.clear();
    send.reset();
    setSent(NOTHING);
    setTooLarge(size > left ? size : undefined);
    setChosen({ files, bytes: size, since: Date.now() });
    if (files.length > 0 && size <= left && !full) send.mutate(files);
  };
  const stopped = send.error instanceof DOMException && send.error.name === 'AbortError';
  return (
    <div className="stack">
      {tooLarge !== undefined && (
        <div className="notice is-wrong" role="alert">
          {t('examination.tooLargeAhead', { size: bytes(tooLarge), left: bytes(Math.max(0, left)) })}
        </div>
      )}
      {full && (
        <div className="notice is-waiting" role="status">
          {t('error.examination.tooMany', { most: room.data?.mostKept ?? 0 })}
        </div>
      )}
      {chosen?.files.length === 0 && (
        <div className="notice is-waiting" role="alert">
          {t('examination.emptyFolder')}
        </div>
      )}
      {send.error && !stopped && (
        <Trouble error={send.error} retry={() => chosen && send.mutate(chosen.files)} />
      )}
      {stopped && (
        <div className="notice is-waiting" role="status">
          {t('examination.stopped')}
        </div>
      )}
      {chosen && send.isPending ? (
        <Progress chosen={chosen} sent={sent} onStop={() => stop.current?.abort()} />
      ) : (
        <DropZone
          title={t('examination.drop')}
          hint={t('examination.dropHint')}
          onFiles={begin}
          also={<FolderChoice onFiles={begin} />}
        />
      )}
      {room.data && (
        <p className="soft small">
          {t('examination.room', {
            days: room.data.keepDays,
            count: room.data.count,
            most: room.data.mostKept,
            size: bytes(room.data.bytes),
            of: bytes(room.data.mostBytes),
          })}
        </p>
      )}
    </div>
  );
}

function Progress({ chosen, sent, onStop }: { chosen: Sending; sent: Sent; onStop: () => void }): ReactNode {
  const { t } = useWording();
  const seconds = (Date.now() - chosen.since) / 1_000;
  return (
    <div className="drop-zone" role="status">
      <p className="serif" style={{ fontSize: 16 }}>
        {t('examination.sendingTitle')}
      </p>
      <div className="bar check-bar">
        <span
          style={{
            width: `${percent(weightOf(sent), weightOf({ files: chosen.files.length, bytes: chosen.bytes }))}%`,
          }}
        />
      </div>
      <p className="small">
        {t('examination.sending', {
          n: count(sent.files),
          total: count(chosen.files.length),
          size: bytes(sent.bytes),
          of: bytes(chosen.bytes),
        })}{' '}
        {sent.bytes > 10e6 && seconds > 2 && t('examination.rate', { rate: bytes(sent.bytes / seconds) })}
      </p>
      <Button onClick={onStop}>{t('jobs.cancel')}</Button>
    </div>
  );
}

/** The same by keyboard for a whole folder: a browser's chooser takes either files or a folder. */
function FolderChoice({ onFiles }: { onFiles: (files: FolderFile[]) => void }): ReactNode {
  const { t } = useWording();
  const id = useId();
  return (
    <>
      <label htmlFor={id} className="drop-choose second">
        {t('examination.dropFolder')}
      </label>
      <input
        id={id}
        type="file"
        className="visually-hidden"
        multiple
        {...{ webkitdirectory: '' }}
        onChange={(event) => {
          const files = [...(event.target.files ?? [])];
          onFiles(files.map((file) => ({ file, path: file.webkitRelativePath || file.name })));
          event.target.value = '';
        }}
      />
    </>
  );
}
