import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Checkbox } from 'antd';
import { type ReactNode, useRef, useState } from 'react';
import { DEED_KINDS, deedOf, propertyPasses } from '#kernel/accessionWords';
import { api, body, fileUrl } from '../../api/client.ts';
import { DrawerForm } from '../../components/save-form.tsx';
import { Field, Status } from '../../components/small.tsx';
import { bytes } from '../../lib/format.ts';
import { sendAll } from '../../lib/sending.ts';
import { useArchive } from '../../shell/place.ts';
import { useWording } from '../../wording.tsx';
import { ChoiceField, DayField, TextField } from './fields.tsx';
import type { Accession, Deed } from './queries.ts';
import { Section } from './sections.tsx';

/** Agreements of an accession, with their files and the text to be signed. */
export function Deeds({ a }: { a: Accession }): ReactNode {
  const { t, language } = useWording();
  const [form, setForm] = useState<{ deed?: Deed }>();
  return (
    <Section
      title={t('accession.section.deeds')}
      act={
        a.allowed.write && (
          <Button size="small" onClick={() => setForm({})}>
            {t('accession.deed.add')}
          </Button>
        )
      }
    >
      {a.deeds.length === 0 && <p className="soft small">{t('accession.deed.none')}</p>}
      <ul className="authority-records">
        {a.deeds.map((d) => (
          <li key={d.id}>
            <div className="row">
              <span className="grow">
                {t(`accession.deed.kind.${d.kind}`)} <span className="code small">{d.number}</span>{' '}
                <Status tone={d.signedOn ? 'done' : 'waiting'}>
                  {d.signedOn ?? t('accession.deed.unsigned')}
                </Status>
              </span>
              <a
                href={fileUrl(`/accession-deeds/${d.id}/deed.pdf`, { lang: language })}
                target="_blank"
                rel="noreferrer"
              >
                {t('accession.deed.paper')}
              </a>
              {a.allowed.write && (
                <Button size="small" type="text" onClick={() => setForm({ deed: d })}>
                  {t('accession.deed.edit')}
                </Button>
              )}
            </div>
            <div className="small soft">
              {d.theirParty} ·{' '}
              {t(d.propertyPasses ? 'accession.deed.propertyPasses' : 'accession.deed.propertyStays')}
              {d.endsOn && ` · ${t('accession.deed.endsOn')} ${d.endsOn}`}
            </div>
            {d.files.map((f) => (
              <div key={f.id} className="small">
                <a href={fileUrl(`/accession-deeds/${d.id}/files/${f.id}`)} download>
                  {f.name}
                </a>{' '}
                <span className="soft">{bytes(f.bytes)}</span>
              </div>
            ))}
          </li>
        ))}
      </ul>
      {form && <DeedForm a={a} deed={form.deed} onClose={() => setForm(undefined)} />}
    </Section>
  );
}

function DeedForm({
  a,
  deed,
  onClose,
}: {
  a: Accession;
  deed: Deed | undefined;
  onClose: () => void;
}): ReactNode {
  const { t } = useWording();
  const queries = useQueryClient();
  const archive = useArchive();
  const [said, setSaid] = useState(() => {
    const kind = deed?.kind ?? deedOf(a.way);
    return {
      kind,
      signedOn: deed?.signedOn ?? '',
      ourParty: deed?.ourParty ?? archive?.name ?? '',
      theirParty: deed?.theirParty ?? a.sourceName,
      propertyPasses: deed?.propertyPasses ?? propertyPasses(kind),
      rights: deed?.rights ?? '',
      conditions: deed?.conditions ?? '',
      endsOn: deed?.endsOn ?? a.endsOn ?? '',
    };
  });
  const put = (change: Partial<typeof said>): void => setSaid((d) => Object.assign({}, d, change));
  const [files, setFiles] = useState<File[]>([]);
  const [kept, setKept] = useState<string[]>(() => (deed?.files ?? []).map((f) => f.id));
  const arrived = useRef(new Map<File, string>());
  const save = useMutation({
    mutationFn: async () => {
      const uploadIds = await sendAll(
        files.map((file) => ({ file, path: file.name })),
        arrived.current,
        { signal: new AbortController().signal, onProgress: () => {} },
      );
      const written = Object.assign({}, said, {
        signedOn: said.signedOn || null,
        rights: said.rights.trim() || null,
        conditions: said.conditions.trim() || null,
        endsOn: said.endsOn || null,
        uploadIds,
      });
      if (!deed)
        return body(api.POST('/accessions/{id}/deeds', { params: { path: { id: a.id } }, body: written }));
      const removeFiles = deed.files.map((f) => f.id).filter((id) => !kept.includes(id));
      return body(
        api.PATCH('/accession-deeds/{id}', {
          params: { path: { id: deed.id } },
          body: Object.assign({ version: deed.version, removeFiles }, written),
        }),
      );
    },
    onSuccess: (now) => {
      queries.setQueryData(['accession', a.id], now);
      void queries.invalidateQueries({ queryKey: ['accession-history'] });
      onClose();
    },
  });
  return (
    <DrawerForm
      title={t(deed ? 'accession.deed.edit' : 'accession.deed.add')}
      size={560}
      save={save}
      disabled={!said.theirParty.trim() || !said.ourParty.trim()}
      onClose={onClose}
    >
      <ChoiceField
        label={t('accession.deed.kindLabel')}
        value={said.kind}
        options={DEED_KINDS}
        word={(k) => t(`accession.deed.kind.${k}`)}
        onChange={(kind) => put({ kind, propertyPasses: propertyPasses(kind) })}
      />
      <TextField
        label={t('accession.deed.theirParty')}
        needed
        value={said.theirParty}
        onChange={(theirParty) => put({ theirParty })}
      />
      <TextField
        label={t('accession.deed.ourParty')}
        needed
        value={said.ourParty}
        onChange={(ourParty) => put({ ourParty })}
      />
      <Checkbox
        checked={said.propertyPasses}
        disabled={said.kind === 'deposit'}
        onChange={(e) => put({ propertyPasses: e.target.checked })}
      >
        {t('accession.deed.propertyPasses')}
      </Checkbox>
      <DayField
        label={t('accession.deed.signedOn')}
        value={said.signedOn}
        onChange={(signedOn) => put({ signedOn })}
      />
      <DayField
        label={t('accession.deed.endsOn')}
        value={said.endsOn}
        onChange={(endsOn) => put({ endsOn })}
      />
      <TextField
        label={t('accession.deed.rights')}
        rows={3}
        value={said.rights}
        onChange={(rights) => put({ rights })}
      />
      <TextField
        label={t('accession.deed.conditions')}
        rows={3}
        value={said.conditions}
        onChange={(conditions) => put({ conditions })}
      />
      {deed && deed.files.length > 0 && (
        <Checkbox.Group
          value={kept}
          onChange={(chosen) => setKept(deed.files.map((f) => f.id).filter((id) => chosen.includes(id)))}
          options={deed.files.map((f) => ({ value: f.id, label: f.name }))}
        />
      )}
      <Field label={t('accession.deed.files')}>
        {(id) => (
          <input id={id} type="file" multiple onChange={(e) => setFiles([...(e.target.files ?? [])])} />
        )}
      </Field>
    </DrawerForm>
  );
}
