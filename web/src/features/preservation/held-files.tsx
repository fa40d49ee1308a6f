import { useInfiniteQuery } from '@tanstack/react-query';
import { App, Button } from 'antd';
import type { ReactNode } from 'react';
import { Scroll } from '../../components/scroll.tsx';
import { Loading, When } from '../../components/small.tsx';
import { Trouble } from '../../components/trouble.tsx';
import { copyText } from '../../lib/copy.ts';
import { bytes } from '../../lib/format.ts';
import { useWording } from '../../wording.tsx';
import { objectFiles } from './queries.ts';

/** The files held in an object, in their order, with what they are compared by. */
export function HeldFiles({ objectId }: { objectId: string }): ReactNode {
  const { t } = useWording();
  const { message } = App.useApp();
  const files = useInfiniteQuery(objectFiles(objectId));
  if (files.error) return <Trouble error={files.error} retry={() => void files.refetch()} />;
  if (!files.data) return <Loading lines={4} />;
  const all = files.data.pages.flatMap((page) => page.items);
  if (all.length === 0) return <p className="soft">{t('object.files.none')}</p>;
  return (
    <>
      <Scroll label={t('object.files')}>
        <table className="data" style={{ minWidth: 760 }}>
          <thead>
            <tr>
              <th scope="col">{t('object.file.name')}</th>
              <th scope="col" style={{ width: 130 }}>
                {t('object.file.format')}
              </th>
              <th scope="col" className="numeric" style={{ width: 84 }}>
                {t('object.file.size')}
              </th>
              <th scope="col" style={{ width: 150 }}>
                {t('object.file.path')}
              </th>
              <th scope="col" style={{ width: 110 }}>
                {t('object.file.heldAt')}
              </th>
              <th scope="col" style={{ width: 190 }}>
                {t('object.file.digest')}
              </th>
            </tr>
          </thead>
          <tbody>
            {all.map((file) => (
              <tr key={file.ordinal}>
                <td title={file.originalName}>{file.originalName}</td>
                <td>{file.mediaType}</td>
                <td className="numeric">{bytes(file.bytes)}</td>
                <td className="code small">{file.logicalPath}</td>
                <td>
                  <When at={file.heldAt} />
                </td>
                <td title={`SHA-512 ${file.sha512}`}>
                  <span className="code small">{file.sha512.slice(0, 10)}…</span>{' '}
                  <Button
                    type="link"
                    size="small"
                    aria-label={`${t('object.digestCopy')} ${file.originalName}`}
                    onClick={() => void copyText(file.sha512).then(() => message.success(t('act.copied')))}
                  >
                    {t('act.copy')}
                  </Button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      {files.hasNextPage && (
        <Button size="small" onClick={() => void files.fetchNextPage()} loading={files.isFetchingNextPage}>
          {t('package.more')}
        </Button>
      )}
    </>
  );
}
