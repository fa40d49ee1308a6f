import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { type ReactNode, useState } from 'react';
import { Link } from 'react-router';
import { api, body, done } from '../../api/client.ts';
import { sentenceOf } from '../../components/trouble.tsx';
import { useWording } from '../../wording.tsx';
import { AuthorityChoice } from './choice.tsx';

/** Who formed a fonds, by the authorities; said and taken back here. */
export function FondsCreators({ fondsId, archiveId }: { fondsId: string; archiveId: string }): ReactNode {
  const wording = useWording();
  const { t } = wording;
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [adding, setAdding] = useState(false);
  const creators = useQuery({
    queryKey: ['fonds-creators', fondsId],
    queryFn: () => body(api.GET('/fonds/{id}/creators', { params: { path: { id: fondsId } } })),
  });
  const again = (): void => {
    setAdding(false);
    for (const key of ['fonds-creators', 'authority']) void queries.invalidateQueries({ queryKey: [key] });
  };
  const onError = (e: unknown): void => void message.error(sentenceOf(e, wording));
  const add = useMutation({
    mutationFn: (authorityId: string) =>
      body(api.POST('/fonds/{id}/creators', { params: { path: { id: fondsId } }, body: { authorityId } })),
    onSuccess: again,
    onError,
  });
  const remove = useMutation({
    mutationFn: (authorityId: string) =>
      done(
        api.DELETE('/fonds/{id}/creators/{authorityId}', { params: { path: { id: fondsId, authorityId } } }),
      ),
    onSuccess: again,
    onError,
  });
  if (!creators.data) return null;
  const { allowed } = creators.data;
  return (
    <section>
      <h3 className="fields-title">{t('authority.creators')}</h3>
      {creators.data.creators.length === 0 && <p className="soft small">{t('authority.noCreators')}</p>}
      <ul className="authority-relations">
        {creators.data.creators.map((c) => (
          <li key={c.id} className="row">
            <Link className="grow" to={`/authorities/${c.id}`}>
              {c.name}
            </Link>
            {allowed.write && (
              <Button
                size="small"
                type="text"
                aria-label={t('authority.unlink', { name: c.name })}
                onClick={() => remove.mutate(c.id)}
              >
                ✕
              </Button>
            )}
          </li>
        ))}
      </ul>
      {allowed.write && !adding && (
        <Button size="small" onClick={() => setAdding(true)}>
          {t('authority.nameCreator')}
        </Button>
      )}
      {adding && (
        <AuthorityChoice
          archiveId={archiveId}
          of="agent"
          value={undefined}
          onChange={(a) => a && add.mutate(a.id)}
        />
      )}
    </section>
  );
}
