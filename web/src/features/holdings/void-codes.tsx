import { useQuery } from '@tanstack/react-query';
import { Button, Drawer } from 'antd';
import { type ReactNode, useState } from 'react';
import { Link } from 'react-router';
import { api, body } from '../../api/client.ts';
import { Code, Empty, Loading, When } from '../../components/small.tsx';
import { Trouble } from '../../components/trouble.tsx';
import { useWording } from '../../wording.tsx';

const MOST = 200;

/** The void numbers of a fonds: which, why, since when, and where the entry is now. */
export function VoidCodes({ fondsId }: { fondsId: string }): ReactNode {
  const { t } = useWording();
  const [open, setOpen] = useState(false);
  const list = useQuery({
    queryKey: ['void-codes', fondsId],
    queryFn: () =>
      body(api.GET('/fonds/{id}/void-codes', { params: { path: { id: fondsId }, query: { limit: MOST } } })),
    enabled: open,
  });
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('voidCodes.open')}</Button>
      <Drawer open={open} size={560} title={t('voidCodes.title')} onClose={() => setOpen(false)}>
        <div className="stack">
          <p className="small soft">{t('voidCodes.meaning')}</p>
          {list.error && <Trouble error={list.error} retry={() => void list.refetch()} />}
          {list.isPending && <Loading lines={4} />}
          {list.data?.items.length === 0 && <Empty title={t('voidCodes.none')} />}
          {list.data && list.data.items.length > 0 && (
            <table className="data wrap" aria-label={t('voidCodes.title')}>
              <thead>
                <tr>
                  <th scope="col">{t('voidCodes.code')}</th>
                  <th scope="col">{t('voidCodes.reason')}</th>
                </tr>
              </thead>
              <tbody>
                {list.data.items.map((one) => (
                  <tr key={one.code}>
                    <td>
                      <Code value={one.code} />
                      {one.unitId && (
                        <div className="small">
                          {t('voidCodes.now')}{' '}
                          <Link to={`/units/${one.unitId}`}>
                            {one.referenceCode ? <Code value={one.referenceCode} /> : t('voidCodes.noCode')}
                          </Link>
                        </div>
                      )}
                    </td>
                    <td>
                      {one.reason}
                      <div className="small soft">
                        {one.by} · <When at={one.at} />
                      </div>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
          {list.data?.next && <p className="small soft">{t('voidCodes.more', { n: MOST })}</p>}
        </div>
      </Drawer>
    </>
  );
}
