import { useIsMutating, useMutation, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useRef, useState } from 'react';
import { api, body } from '../../api/client.ts';
import { DropZone, FolderChoice } from '../../components/drop-zone.tsx';
import { type Sending, SendProgress } from '../../components/send-progress.tsx';
import { Trouble } from '../../components/trouble.tsx';
import { type Sent, sendAll } from '../../lib/sending.ts';
import type { FolderFile } from '../../lib/upload.ts';
import { useCan } from '../../shell/place.ts';
import { useWording } from '../../wording.tsx';
import type { BatchRead } from './queries.ts';
import { RecordsChoice } from './records-choice.tsx';

const keyOf = (id: string) => ['transfer-content', id];

/** Whether something is being sent to a batch: until it has arrived nothing can be done with it. */
export const useIsSending = (id: string): boolean => useIsMutating({ mutationKey: keyOf(id) }) > 0;

const NOTHING: Sent = { files: 0, bytes: 0 };

/** Where the agency puts what it hands over, in place of what lay there. */
export function BatchContent({ batch }: { batch: BatchRead }): ReactNode {
  const { t } = useWording();
  const can = useCan();
  const queries = useQueryClient();
  const [chosen, setChosen] = useState<Sending>();
  const [sent, setSent] = useState(NOTHING);
  const arrived = useRef(new Map<File, string>());
  const stop = useRef<AbortController>(null);
  const give = useMutation({
    mutationKey: keyOf(batch.id),
    mutationFn: async (files: readonly FolderFile[]) => {
      const controller = new AbortController();
      stop.current = controller;
      const { signal } = controller;
      const uploadIds = await sendAll(files, arrived.current, { signal, onProgress: setSent });
      return body(
        api.PUT('/transfers/{id}/content', { params: { path: { id: batch.id } }, body: { uploadIds } }),
      );
    },
    onSuccess: (read) => queries.setQueryData(['transfer', batch.id], read),
    onError: () => stop.current?.abort(),
  });
  const isOpen = batch.state === 'preparing' || batch.state === 'returned';
  if (!isOpen || !can('filing.write', batch.archiveId)) return null;
  const begin = (files: FolderFile[]): void => {
    if (files.length === 0) return;
    arrived.current.clear();
    give.reset();
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
        <>
          <RecordsChoice batch={batch} />
          <h2 className="fields-title">{t('transfer.fromPackage')}</h2>
          <DropZone
            title={t('transfer.drop')}
            hint={t('transfer.dropHint')}
            onFiles={begin}
            also={<FolderChoice onFiles={begin} />}
          />
        </>
      )}
    </>
  );
}
