import { useMutation } from '@tanstack/react-query';
import { Button } from 'antd';
import { type ReactNode, useId, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { api, body } from '../../api/client.ts';
import { DropZone } from '../../components/drop-zone.tsx';
import { Trouble } from '../../components/trouble.tsx';
import { bytes, percent } from '../../lib/format.ts';
import { type FolderFile, uploadFile } from '../../lib/upload.ts';
import { useWording } from '../../wording.tsx';

const AT_ONCE = 3;

interface Sent {
  files: number;
  bytes: number;
}

/** A place to drop a file, an archive or a folder: it is sent at once, and the report opened. */
export function SendToCheck(): ReactNode {
  const { t } = useWording();
  const navigate = useNavigate();
  const [files, setFiles] = useState<FolderFile[]>([]);
  const [sent, setSent] = useState<Sent>({ files: 0, bytes: 0 });
  /** What is there already, so that a second try sends only the rest. */
  const done = useRef(new Map<File, string>());
  const stop = useRef<AbortController>(null);
  const size = files.reduce((sum, { file }) => sum + file.size, 0);
  const send = useMutation({
    mutationFn: async (chosen: FolderFile[]) => {
      const controller = new AbortController();
      stop.current = controller;
      const waiting = chosen.filter(({ file }) => !done.current.has(file));
      const one = async (): Promise<void> => {
        for (let next = waiting.shift(); next; next = waiting.shift()) {
          const { file, path } = next;
          const id = await uploadFile(file, {
            ...(path.includes('/') && { relativePath: path }),
            signal: controller.signal,
          });
          done.current.set(file, id);
          setSent((now) => ({ files: now.files + 1, bytes: now.bytes + file.size }));
        }
      };
      await Promise.all(Array.from({ length: AT_ONCE }, one));
      const uploadIds = chosen.map(({ file }) => done.current.get(file)).filter((id) => id !== undefined);
      return body(api.POST('/examinations', { body: { uploadIds } }));
    },
    onSuccess: (begun) => navigate(`/checks/${begun.id}`),
    onError: () => stop.current?.abort(),
  });
  const begin = (chosen: FolderFile[]): void => {
    done.current.clear();
    setSent({ files: 0, bytes: 0 });
    setFiles(chosen);
    if (chosen.length > 0) send.mutate(chosen);
  };
  return (
    <div className="stack">
      {send.error && <Trouble error={send.error} retry={() => send.mutate(files)} />}
      <DropZone
        title={t('examination.drop')}
        hint={t('examination.dropHint')}
        disabled={send.isPending}
        onFiles={begin}
      />
      <FolderChoice disabled={send.isPending} onFiles={begin} />
      {send.isPending && (
        <div role="status">
          <p className="small">
            {t('examination.sending', {
              n: sent.files,
              total: files.length,
              size: bytes(sent.bytes),
              of: bytes(size),
            })}
          </p>
          <div className="bar">
            <span style={{ width: `${percent(sent.bytes, size)}%` }} />
          </div>
          <Button size="small" onClick={() => stop.current?.abort()}>
            {t('jobs.cancel')}
          </Button>
        </div>
      )}
    </div>
  );
}

/** The same by keyboard for a whole folder: a browser's chooser takes either files or a folder. */
function FolderChoice(props: { disabled: boolean; onFiles: (files: FolderFile[]) => void }): ReactNode {
  const { t } = useWording();
  const id = useId();
  return (
    <div>
      <label htmlFor={id} className="drop-choose">
        {t('examination.dropFolder')}
      </label>
      <input
        id={id}
        type="file"
        className="visually-hidden"
        disabled={props.disabled}
        multiple
        {...{ webkitdirectory: '' }}
        onChange={(event) => {
          const files = [...(event.target.files ?? [])];
          props.onFiles(files.map((file) => ({ file, path: file.webkitRelativePath || file.name })));
          event.target.value = '';
        }}
      />
    </div>
  );
}
