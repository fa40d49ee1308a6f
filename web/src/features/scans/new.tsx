import { useMutation } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { type ReactNode, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { api, body } from '../../api/client.ts';
import { DropZone } from '../../components/drop-zone.tsx';
import { Field, PageHead } from '../../components/small.tsx';
import { NothingHere, Trouble } from '../../components/trouble.tsx';
import { bytes, percent } from '../../lib/format.ts';
import { type FolderFile, uploadFile } from '../../lib/upload.ts';
import { useArchive, useArchiveName } from '../../shell/place.ts';
import { useWording } from '../../wording.tsx';
import { isScan } from './scan-files.ts';

const AT_ONCE = 3;
interface Sent {
  files: number;
  bytes: number;
  now: string;
}

/** A folder of page images and PDFs, sent resumably; files already sent are not sent again after a break. */
export function NewScans(): ReactNode {
  const { t } = useWording();
  const navigate = useNavigate();
  const archive = useArchive();
  const nameOf = useArchiveName();
  const [files, setFiles] = useState<FolderFile[]>([]);
  const [rule, setRule] = useState('');
  const [sent, setSent] = useState<Sent>({ files: 0, bytes: 0, now: '' });
  const done = useRef(new Map<string, string>());
  const stop = useRef<AbortController>(null);
  const scans = files.filter(({ path }) => isScan(path));
  const left = files.length - scans.length;
  const size = scans.reduce((sum, { file }) => sum + file.size, 0);
  const send = useMutation({
    mutationFn: async () => {
      const controller = new AbortController();
      stop.current = controller;
      const waiting = scans.filter(({ path }) => !done.current.has(path));
      const one = async (): Promise<void> => {
        for (let next = waiting.shift(); next; next = waiting.shift()) {
          const { file, path } = next;
          setSent((now) => ({ ...now, now: path }));
          const id = await uploadFile(file, { relativePath: path, signal: controller.signal });
          done.current.set(path, id);
          setSent((now) => ({ files: now.files + 1, bytes: now.bytes + file.size, now: path }));
        }
      };
      await Promise.all(Array.from({ length: AT_ONCE }, one));
      const uploadIds = scans.map(({ path }) => done.current.get(path)).filter((id) => id !== undefined);
      return body(
        api.POST('/scan-imports', {
          body: { archiveId: archive?.id ?? '', uploadIds, ...(rule.trim() && { rule: rule.trim() }) },
        }),
      );
    },
    onSuccess: (started) => navigate(`/scans/${started.id}`),
    onError: () => stop.current?.abort(),
  });
  if (!archive) return <NothingHere />;
  return (
    <div className="page narrow">
      <PageHead
        crumbs={[{ to: `/scans?archive=${archive.code}`, text: t('scans.title') }]}
        title={t('scans.new')}
      />
      <div className="stack">
        <p className="soft">{t('imports.into', { archive: nameOf(archive) })}</p>
        {send.error && <Trouble error={send.error} retry={() => send.mutate()} />}
        <DropZone
          folder
          title={t('scans.drop')}
          hint={t('scans.dropHint')}
          disabled={send.isPending}
          onFiles={setFiles}
        />
        {files.length > 0 && (
          <>
            <p>
              {t('scans.chosen', { n: scans.length, size: bytes(size) })}
              {left > 0 && <span className="soft"> {t('scans.leftOut', { n: left })}</span>}
            </p>
            <Field label={t('scans.rule')} hint={t('scans.ruleHint')}>
              {(id) => (
                <Input
                  id={id}
                  value={rule}
                  onChange={(event) => setRule(event.target.value)}
                  placeholder={t('scans.ruleDefault')}
                />
              )}
            </Field>
            {send.isPending ? (
              <div role="status">
                <p className="small">
                  {t('scans.sending', {
                    n: sent.files,
                    total: scans.length,
                    size: bytes(sent.bytes),
                    of: bytes(size),
                  })}
                </p>
                <div className="bar">
                  <span style={{ width: `${percent(sent.bytes, size)}%` }} />
                </div>
                <p className="small soft clip">{sent.now}</p>
                <Button size="small" onClick={() => stop.current?.abort()}>
                  {t('jobs.cancel')}
                </Button>
              </div>
            ) : (
              <div>
                <Button type="primary" disabled={scans.length === 0} onClick={() => send.mutate()}>
                  {t('scans.send')}
                </Button>
              </div>
            )}
          </>
        )}
      </div>
    </div>
  );
}
