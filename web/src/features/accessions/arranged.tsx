import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Select } from 'antd';
import { type ReactNode, useState } from 'react';
import { Link } from 'react-router';
import { ARRANGED_KINDS, type ArrangedKind } from '#kernel/accessionWords';
import { api, body } from '../../api/client.ts';
import { SaveForm } from '../../components/save-form.tsx';
import { Field } from '../../components/small.tsx';
import { Trouble } from '../../components/trouble.tsx';
import { useWording } from '../../wording.tsx';
import { FondsField } from '../holdings/fonds-field.tsx';
import { ChoiceField, TextField } from './fields.tsx';
import type { Accession } from './queries.ts';
import { Section } from './sections.tsx';

const placeOf = (kind: ArrangedKind, id: string): string =>
  kind === 'import' ? `/imports/${id}` : kind === 'unit' ? `/units/${id}` : `/holdings?fonds=${id}`;

/** Where it went: imports, entries, fonds, with how many entries came of it. */
export function Arranged({ a }: { a: Accession }): ReactNode {
  const { t } = useWording();
  const queries = useQueryClient();
  const [open, setOpen] = useState(false);
  const show = (now: Accession): void => {
    queries.setQueryData(['accession', a.id], now);
    void queries.invalidateQueries({ queryKey: ['accession-history'] });
  };
  const remove = useMutation({
    mutationFn: (arrangedId: string) =>
      body(
        api.DELETE('/accessions/{id}/arranged/{arrangedId}', { params: { path: { id: a.id, arrangedId } } }),
      ),
    onSuccess: show,
  });
  return (
    <Section
      title={t('accession.section.arranged')}
      act={
        a.allowed.correct && (
          <Button size="small" onClick={() => setOpen(!open)}>
            {t('accession.arranged.add')}
          </Button>
        )
      }
    >
      {remove.error && <Trouble error={remove.error} />}
      {a.arranged.length === 0 && a.entries === 0 ? (
        <p className="soft small">{t('accession.arranged.none')}</p>
      ) : (
        <p>{t('accession.arranged.n', { n: a.entries })}</p>
      )}
      <ul className="authority-records">
        {a.arranged.map((p) => (
          <li key={p.id} className="row">
            <span className="soft small relation-type">{t(`accession.arranged.${p.kind}`)}</span>
            <span className="grow">
              <Link to={placeOf(p.kind, p.targetId)}>{p.label ?? '—'}</Link>{' '}
              <span className="small soft">{t('accession.entriesThere', { n: p.entries })}</span>
            </span>
            {a.allowed.correct && (
              <Button size="small" type="text" onClick={() => remove.mutate(p.id)}>
                {t('accession.arranged.remove')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {open && (
        <Place
          a={a}
          onDone={(now) => {
            show(now);
            setOpen(false);
          }}
          onClose={() => setOpen(false)}
        />
      )}
    </Section>
  );
}

function Place(props: { a: Accession; onDone: (now: Accession) => void; onClose: () => void }): ReactNode {
  const { t } = useWording();
  const { a } = props;
  const [kind, setKind] = useState<ArrangedKind>('import');
  const [code, setCode] = useState('');
  const [target, setTarget] = useState<string | undefined>(undefined);
  const imports = useQuery({
    queryKey: ['imports', 'for-accession', a.archiveId],
    queryFn: () => body(api.GET('/imports', { params: { query: { archive: a.archiveId, limit: 50 } } })),
    enabled: kind === 'import',
  });
  const save = useMutation({
    mutationFn: async () => {
      const targetId =
        kind === 'unit'
          ? (
              await body(
                api.GET('/units/by-code', { params: { query: { archive: a.archiveId, code: code.trim() } } }),
              )
            ).id
          : (target ?? '');
      return body(
        api.POST('/accessions/{id}/arranged', { params: { path: { id: a.id } }, body: { kind, targetId } }),
      );
    },
    onSuccess: props.onDone,
  });
  return (
    <SaveForm
      label={t('accession.arranged.add')}
      save={save}
      disabled={kind === 'unit' ? !code.trim() : !target}
      onClose={props.onClose}
    >
      <div className="fields">
        <ChoiceField
          label={t('accession.arranged.kind')}
          value={kind}
          options={ARRANGED_KINDS}
          word={(k) => t(`accession.arranged.${k}`)}
          onChange={(k) => {
            setKind(k);
            setTarget(undefined);
          }}
        />
        {kind === 'unit' && (
          <TextField label={t('accession.arranged.code')} needed value={code} onChange={setCode} />
        )}
        {kind === 'fonds' && (
          <FondsField
            archiveId={a.archiveId}
            label={t('accession.fonds')}
            needed
            value={target}
            onChange={setTarget}
          />
        )}
        {kind === 'import' && (
          <Field label={t('accession.arranged.importChoose')} needed>
            {(id) => (
              <Select<string | null>
                id={id}
                value={target ?? null}
                onChange={(value) => setTarget(value ?? undefined)}
                options={(imports.data?.items ?? []).map((i) => ({ value: i.id, label: i.fileName }))}
              />
            )}
          </Field>
        )}
      </div>
    </SaveForm>
  );
}
