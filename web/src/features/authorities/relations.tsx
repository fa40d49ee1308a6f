import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Input, Select } from 'antd';
import { type FormEvent, type ReactNode, useState } from 'react';
import { Link } from 'react-router';
import { api, body, done } from '../../api/client.ts';
import { Field } from '../../components/small.tsx';
import { sentenceOf, Trouble } from '../../components/trouble.tsx';
import { useWording } from '../../wording.tsx';
import { AuthorityChoice } from './choice.tsx';
import { type Authority, type RelationType, type Suggested, typesBetween } from './queries.ts';
import { relationWord, spanText } from './words.ts';

/** What it is to others, from whichever side that was written. */
export function Relations({ a }: { a: Authority }): ReactNode {
  const wording = useWording();
  const { t } = wording;
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [adding, setAdding] = useState(false);
  const again = (): void => {
    for (const key of ['authority', 'authority-branch']) void queries.invalidateQueries({ queryKey: [key] });
  };
  const remove = useMutation({
    mutationFn: (relationId: string) =>
      done(
        api.DELETE('/authorities/{id}/relations/{relationId}', {
          params: { path: { id: a.id, relationId } },
        }),
      ),
    onSuccess: again,
    onError: (e) => void message.error(sentenceOf(e, wording)),
  });
  return (
    <section>
      <h2 className="fields-title">{t('authority.relations')}</h2>
      {a.relations.length === 0 && <p className="soft small">{t('authority.noRelations')}</p>}
      <ul className="authority-relations">
        {a.relations.map((r) => (
          <li key={r.id} className="row">
            <span className="soft small relation-type">{relationWord(wording, r.type, a.kind)}</span>
            <span className="grow">
              {r.other ? (
                <Link to={`/authorities/${r.other.id}`}>{r.other.name}</Link>
              ) : (
                <>
                  {r.otherName} <span className="small soft">{t('authority.onlyNamed')}</span>
                </>
              )}
              {spanText(r) && <span className="small soft"> {spanText(r)}</span>}
              {r.note && <div className="small soft">{r.note}</div>}
            </span>
            {a.allowed.write && (
              <Button
                size="small"
                type="text"
                aria-label={t('authority.removeRelation', { name: r.other?.name ?? r.otherName ?? '' })}
                onClick={() => remove.mutate(r.id)}
              >
                ✕
              </Button>
            )}
          </li>
        ))}
      </ul>
      {a.allowed.write && !adding && (
        <Button size="small" onClick={() => setAdding(true)}>
          {t('authority.addRelation')}
        </Button>
      )}
      {adding && (
        <AddRelation
          a={a}
          onDone={() => {
            again();
            setAdding(false);
          }}
          onClose={() => setAdding(false)}
        />
      )}
    </section>
  );
}

function AddRelation({
  a,
  onDone,
  onClose,
}: {
  a: Authority;
  onDone: () => void;
  onClose: () => void;
}): ReactNode {
  const wording = useWording();
  const { t } = wording;
  const [other, setOther] = useState<Suggested>();
  const [chosen, setChosen] = useState<RelationType>();
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const types = other ? typesBetween(a.kind, other.kind) : [];
  const type = chosen && types.includes(chosen) ? chosen : types[0];
  const add = useMutation({
    mutationFn: () =>
      body(
        api.POST('/authorities/{id}/relations', {
          params: { path: { id: a.id } },
          body: {
            otherId: other?.id ?? '',
            type: type ?? 'associative',
            from: from.trim() || null,
            to: to.trim() || null,
          },
        }),
      ),
    onSuccess: onDone,
  });
  return (
    <form
      className="stack"
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        if (other) add.mutate();
      }}
    >
      {add.error && <Trouble error={add.error} />}
      <Field label={t('authority.choose')} needed>
        {(id) => (
          <AuthorityChoice id={id} archiveId={a.archiveId} but={a.id} value={other} onChange={setOther} />
        )}
      </Field>
      <div className="row">
        <Select
          aria-label={t('authority.relationType')}
          value={type ?? null}
          disabled={!other}
          onChange={setChosen}
          options={types.map((x) => ({ value: x, label: relationWord(wording, x, a.kind) }))}
          style={{ width: 150 }}
        />
        <Input
          aria-label={t('authority.from')}
          placeholder={t('authority.from')}
          value={from}
          onChange={(e) => setFrom(e.target.value)}
          style={{ width: 110 }}
        />
        <Input
          aria-label={t('authority.to')}
          placeholder={t('authority.to')}
          value={to}
          onChange={(e) => setTo(e.target.value)}
          style={{ width: 110 }}
        />
      </div>
      <div className="row">
        <Button size="small" htmlType="submit" type="primary" disabled={!other} loading={add.isPending}>
          {t('act.save')}
        </Button>
        <Button size="small" onClick={onClose}>
          {t('act.cancel')}
        </Button>
      </div>
    </form>
  );
}
