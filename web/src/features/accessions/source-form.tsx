import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Checkbox } from 'antd';
import { type ReactNode, useState } from 'react';
import { SOURCE_KINDS } from '#kernel/accessionWords';
import { api, body } from '../../api/client.ts';
import { DrawerForm } from '../../components/save-form.tsx';
import { Field } from '../../components/small.tsx';
import { useWording } from '../../wording.tsx';
import { AuthorityChoice } from '../authorities/choice.tsx';
import { ChoiceField, TextField } from './fields.tsx';
import { CHANGED, type Source } from './queries.ts';

export const DATA = ['telephone', 'address', 'mail', 'idNumber', 'contact', 'account'] as const;
type Data = Record<(typeof DATA)[number], string>;

/**
 * A source to be written: a new one, or one that is there. How it is reached is sent whole, so what is there has to be shown in full
 * before it is corrected.
 *
 * @param full how the source is reached, in full
 */
export function SourceForm(props: {
  archiveId: string;
  source?: Source;
  full?: Partial<Record<keyof Data | 'name', string | null>>;
  onClose: () => void;
  onDone: (s: Source) => void;
}): ReactNode {
  const { t } = useWording();
  const queries = useQueryClient();
  const { source: old, full } = props;
  const [said, setSaid] = useState(() => ({
    kind: old?.kind ?? ('person' as const),
    name: (old?.anonymous ? full?.name : old?.name) ?? '',
    anonymous: old?.anonymous ?? false,
    shownAs: old?.anonymous ? old.name : '',
    wishes: old?.wishes ?? '',
    note: old?.note ?? '',
  }));
  const put = (change: { [K in keyof typeof said]?: (typeof said)[K] }): void =>
    setSaid((d) => Object.assign({}, d, change));
  const [data, setData] = useState<Data>(() => ({
    telephone: full?.telephone ?? '',
    address: full?.address ?? '',
    mail: full?.mail ?? '',
    idNumber: full?.idNumber ?? '',
    contact: full?.contact ?? '',
    account: full?.account ?? '',
  }));
  const [authorityId, setAuthorityId] = useState<string | null>(old?.authorityId ?? null);
  const authority = useQuery({
    queryKey: ['authority', authorityId],
    queryFn: () => body(api.GET('/authorities/{id}', { params: { path: { id: authorityId ?? '' } } })),
    enabled: authorityId !== null,
  });
  const save = useMutation({
    mutationFn: () => {
      const texts = Object.fromEntries(DATA.map((key) => [key, data[key].trim() || null]));
      const written = {
        kind: said.kind,
        name: said.name.trim(),
        anonymous: said.anonymous,
        shownAs: said.anonymous ? said.shownAs.trim() || null : null,
        authorityId: said.anonymous ? null : authorityId,
        wishes: said.wishes.trim() || null,
        note: said.note.trim() || null,
        data: texts,
      };
      return old
        ? body(
            api.PATCH('/accession-sources/{id}', {
              params: { path: { id: old.id } },
              body: Object.assign({ version: old.version }, written),
            }),
          )
        : body(
            api.POST('/archives/{archiveId}/accession-sources', {
              params: { path: { archiveId: props.archiveId } },
              body: written,
            }),
          );
    },
    onSuccess: (s) => {
      queries.setQueryData(['accession-source', s.id], s);
      for (const key of CHANGED)
        if (key !== 'accession-source') void queries.invalidateQueries({ queryKey: [key] });
      props.onDone(s);
    },
  });
  const chosen =
    authority.data && authorityId
      ? { ...authority.data, name: nameOf(authority.data), matched: nameOf(authority.data) }
      : undefined;
  return (
    <DrawerForm
      title={t(old ? 'accession.sources.edit' : 'accession.sources.new')}
      size={560}
      save={save}
      disabled={!said.name.trim() || (said.anonymous && !said.shownAs.trim())}
      onClose={props.onClose}
    >
      <ChoiceField
        label={t('accession.sources.kindLabel')}
        value={said.kind}
        options={SOURCE_KINDS}
        word={(k) => t(`accession.sources.kind.${k}`)}
        onChange={(kind) => put({ kind })}
      />
      <TextField
        label={t('accession.sources.name')}
        needed
        value={said.name}
        onChange={(name) => put({ name })}
      />
      <Checkbox checked={said.anonymous} onChange={(e) => put({ anonymous: e.target.checked })}>
        {t('accession.sources.anonymous')}
      </Checkbox>
      {said.anonymous ? (
        <TextField
          label={t('accession.sources.shownAs')}
          needed
          hint={t('accession.sources.anonymousHint')}
          value={said.shownAs}
          onChange={(shownAs) => put({ shownAs })}
        />
      ) : (
        <Field label={t('accession.sources.authority')}>
          {(id) => (
            <AuthorityChoice
              id={id}
              archiveId={props.archiveId}
              of="agent"
              value={chosen}
              onChange={(one) => setAuthorityId(one?.id ?? null)}
            />
          )}
        </Field>
      )}
      <h3 className="fields-title">{t('accession.sources.data')}</h3>
      <p className="small soft">{t('accession.sources.dataHint')}</p>
      <div className="fields">
        {DATA.map((key) => (
          <TextField
            key={key}
            label={t(`accession.sources.data.${key}`)}
            value={data[key]}
            wide={key === 'address'}
            onChange={(value) => setData((d) => Object.assign({}, d, { [key]: value }))}
          />
        ))}
      </div>
      <TextField
        label={t('accession.sources.wishes')}
        rows={2}
        value={said.wishes}
        onChange={(wishes) => put({ wishes })}
      />
      <TextField label={t('accession.note')} rows={2} value={said.note} onChange={(note) => put({ note })} />
    </DrawerForm>
  );
}

const nameOf = (a: { names: readonly { name: string }[] }): string => a.names[0]?.name ?? '';
