import { useMutation, useQuery } from '@tanstack/react-query';
import { type ReactNode, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { api, body } from '../../api/client.ts';
import { DropZone, FolderChoice } from '../../components/drop-zone.tsx';
import { type Sending, SendProgress } from '../../components/send-progress.tsx';
import { Trouble } from '../../components/trouble.tsx';
import { bytes } from '../../lib/format.ts';
import { type Sent, sendAll } from '../../lib/sending.ts';
import type { FolderFile } from '../../lib/upload.ts';
import { useWording } from '../../wording.tsx';

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
    mutationFn: async (files: readonly FolderFile[]) => {
      const controller = new AbortController();
      stop.current = controller;
      const { signal } = controller;
      const uploadIds = await sendAll(files, arrived.current, { signal, onProgress: setSent });
      return body(api.POST('/examinations', { body: { uploadIds } }));
    },
    onSuccess: ({ id }) => navigate(`/checks/${id}`),
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
        <SendProgress chosen={chosen} sent={sent} onStop={() => stop.current?.abort()} />
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
