import { Button } from 'antd';
import type { ReactNode } from 'react';
import { bytes, count, percent } from '../lib/format.ts';
import type { Sent } from '../lib/sending.ts';
import type { FolderFile } from '../lib/upload.ts';
import { useWording } from '../wording.tsx';
import '../styles/checks.css';

/** What is being sent, and since when. */
export interface Sending {
  files: FolderFile[];
  bytes: number;
  since: number;
}

/** A file costs time by itself, however small. */
const FILE_BYTES = 200_000;
const weightOf = ({ files, bytes }: Sent): number => bytes + files * FILE_BYTES;

/** How far the sending of many files is, and a way to stop it. */
export function SendProgress({
  chosen,
  sent,
  onStop,
}: {
  chosen: Sending;
  sent: Sent;
  onStop: () => void;
}): ReactNode {
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
