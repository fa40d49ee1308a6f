import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button } from 'antd';
import type { ReactNode } from 'react';
import { api, body, done } from '../../api/client.ts';
import { Loading, Status, When } from '../../components/small.tsx';
import { Trouble } from '../../components/trouble.tsx';
import { useWording } from '../../wording.tsx';
import type { SessionItem } from './shapes.ts';
import '../../styles/table.css';
import '../../styles/account.css';

/** Where the person is signed in, and ending that. */
export function Sessions(): ReactNode {
  const { t } = useWording();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const sessions = useQuery({ queryKey: ['sessions'], queryFn: () => body(api.GET('/me/sessions')) });
  const again = (): void => void queries.invalidateQueries({ queryKey: ['sessions'] });
  const endOne = useMutation({
    mutationFn: (id: string) => done(api.DELETE('/me/sessions/{id}', { params: { path: { id } } })),
    onSettled: again,
  });
  const endOthers = useMutation({
    mutationFn: () => body(api.DELETE('/me/sessions')),
    onSuccess: ({ ended }) => message.success(t('account.sessionsEnded', { n: ended })),
    onSettled: again,
  });
  const items = sessions.data?.items ?? [];
  return (
    <section>
      <h2 className="fields-title">{t('account.sessions')}</h2>
      {sessions.error && <Trouble error={sessions.error} retry={() => void sessions.refetch()} />}
      {sessions.isPending && <Loading lines={2} />}
      {endOne.error && <Trouble error={endOne.error} />}
      {endOthers.error && <Trouble error={endOthers.error} />}
      <div className="account-table">
        <table className="data wrap">
          <thead>
            <tr>
              {(['device', 'address', 'how', 'since', 'seen'] as const).map((head) => (
                <th key={head} scope="col">
                  {t(`account.session.${head}`)}
                </th>
              ))}
              <th scope="col">
                <span className="visually-hidden">{t('account.sessionEnd')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {items.map((item) => (
              <SessionLine
                key={item.id}
                item={item}
                pending={endOne.isPending && endOne.variables === item.id}
                onEnd={() => endOne.mutate(item.id)}
              />
            ))}
          </tbody>
        </table>
      </div>
      {items.length > 1 && (
        <Button loading={endOthers.isPending} onClick={() => endOthers.mutate()}>
          {t('account.sessionEndOthers')}
        </Button>
      )}
    </section>
  );
}

function SessionLine(props: { item: SessionItem; pending: boolean; onEnd: () => void }): ReactNode {
  const { t } = useWording();
  const { item } = props;
  return (
    <tr>
      <td>
        {item.device} {item.current && <Status tone="done">{t('account.sessionHere')}</Status>}
      </td>
      <td className="code">{item.address}</td>
      <td>
        {t(`account.method.${item.method}`)}
        {item.factors === 'two' && ` · ${t('account.factors.two')}`}
      </td>
      <td>
        <When at={item.createdAt} />
      </td>
      <td>
        <When at={item.seenAt} />
      </td>
      <td>
        {!item.current && (
          <Button type="link" size="small" loading={props.pending} onClick={props.onEnd}>
            {t('account.sessionEnd')}
          </Button>
        )}
      </td>
    </tr>
  );
}
