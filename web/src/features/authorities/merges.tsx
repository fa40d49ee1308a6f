import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Drawer, Input } from 'antd';
import { type FormEvent, type ReactNode, useState } from 'react';
import { api, body } from '../../api/client.ts';
import { Field, Loading, When } from '../../components/small.tsx';
import { Trouble } from '../../components/trouble.tsx';
import { useWording } from '../../wording.tsx';
import type { Authority } from './queries.ts';
import { elementWord } from './words.ts';

/** What was merged into a record, each with the way back. */
export function MergesInto({ a }: { a: Authority }): ReactNode {
  const { t } = useWording();
  const [chosen, choose] = useState<{ id: string; name: string }>();
  const merges = useQuery({
    queryKey: ['authority', a.id, 'merges'],
    queryFn: () => body(api.GET('/authorities/{id}/merges', { params: { path: { id: a.id } } })),
  });
  if (merges.error) return <Trouble error={merges.error} retry={() => void merges.refetch()} />;
  if (!merges.data || merges.data.items.length === 0) return null;
  return (
    <section>
      <h2 className="fields-title">{t('authority.merges')}</h2>
      <ul className="plain stack">
        {merges.data.items.map((m) => (
          <li key={m.id} className="row">
            <span>
              {m.name}{' '}
              <span className="small soft">
                {m.by} <When at={m.at} />
                {m.reason && ` · ${m.reason}`}
              </span>
            </span>
            {m.takenBackAt ? (
              <span className="small soft">{t('authority.mergeBackAt', { by: m.takenBackBy ?? '' })}</span>
            ) : (
              <Button size="small" onClick={() => choose(m)}>
                {t('authority.mergeBack')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {chosen && <BackForm a={a} merge={chosen} onClose={() => choose(undefined)} />}
    </section>
  );
}

/** What taking a merge back will do, told before it is done. */
function BackForm(props: {
  a: Authority;
  merge: { id: string; name: string };
  onClose: () => void;
}): ReactNode {
  const { a, merge, onClose } = props;
  const wording = useWording();
  const { t } = wording;
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [reason, setReason] = useState('');
  const path = { id: a.id, mergeId: merge.id };
  const preview = useQuery({
    // Not asked again once it is done: then there is nothing to take back.
    queryKey: ['authority-merge-back', merge.id, a.version],
    queryFn: () => body(api.GET('/authorities/{id}/merges/{mergeId}', { params: { path } })),
    staleTime: 0,
  });
  const back = useMutation({
    mutationFn: (version: number) =>
      body(
        api.POST('/authorities/{id}/merges/{mergeId}/back', {
          params: { path },
          body: { version, reason: reason.trim() || null },
        }),
      ),
    onSuccess: () => {
      void message.success(t('authority.mergeBackDone'));
      onClose();
      for (const key of ['authority', 'authorities', 'authority-branch', 'authority-units', 'unit-links'])
        void queries.invalidateQueries({ queryKey: [key] });
    },
  });
  const seen = preview.data;
  const stayed = ({ what, value }: { what: 'name' | 'element' | 'dates' | 'restricted'; value: string }) =>
    what === 'element'
      ? elementWord(wording, value, a.kind)
      : t(`authority.mergeBackStaying.${what}`, { value });
  return (
    <Drawer title={t('authority.mergeBackTitle')} open onClose={onClose} size={460} destroyOnHidden>
      <form
        className="stack"
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          if (seen) back.mutate(seen.version);
        }}
      >
        {preview.error && <Trouble error={preview.error} retry={() => void preview.refetch()} />}
        {back.error && <Trouble error={back.error} />}
        {preview.isPending && <Loading lines={4} />}
        {seen && (
          <>
            <p>{t('authority.mergeBackText', { name: seen.name })}</p>
            <p>{t('authority.mergeBackMoves', { ...seen.back })}</p>
            {seen.leaving.length > 0 && (
              <p>{t('authority.mergeBackLeaving', { names: seen.leaving.join('、') })}</p>
            )}
            {seen.gone.units + seen.gone.fonds + seen.gone.relations > 0 && (
              <p className="notice">{t('authority.mergeBackGone', { ...seen.gone })}</p>
            )}
            {seen.staying.length > 0 && (
              <div className="notice">
                {t('authority.mergeBackStaying')}
                <ul>
                  {seen.staying.map((s) => (
                    <li key={`${s.what} ${s.value}`}>{stayed(s)}</li>
                  ))}
                </ul>
              </div>
            )}
          </>
        )}
        <Field label={t('authority.mergeReason')}>
          {(id) => (
            <Input id={id} maxLength={2_000} value={reason} onChange={(e) => setReason(e.target.value)} />
          )}
        </Field>
        <div className="row">
          <Button htmlType="submit" type="primary" disabled={!seen} loading={back.isPending}>
            {t('authority.mergeBack')}
          </Button>
          <Button onClick={onClose}>{t('act.cancel')}</Button>
        </div>
      </form>
    </Drawer>
  );
}
