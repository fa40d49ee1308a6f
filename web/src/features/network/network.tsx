import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Input, Select } from 'antd';
import { type FormEvent, type ReactNode, useState } from 'react';
import { api, body } from '../../api/client.ts';
import type { ArchiveLevel, SessionArchive } from '../../api/shapes.ts';
import { Empty, Field, Loading, PageHead } from '../../components/small.tsx';
import { NothingHere, Trouble } from '../../components/trouble.tsx';
import { useArchive, useArchiveName } from '../../shell/place.ts';
import { useWording } from '../../wording.tsx';

const BELOW: Readonly<Record<string, readonly ArchiveLevel[]>> = {
  province: ['city', 'county'],
  city: ['county'],
  county: [],
};

/** The archives below this one, and the agencies that transfer to it. */
export function Network(): ReactNode {
  const { t, word } = useWording();
  const archive = useArchive();
  const nameOf = useArchiveName();
  const archives = useQuery({ queryKey: ['archives'], queryFn: () => body(api.GET('/archives')) });
  if (!archive) return <NothingHere />;
  const below = archives.data?.items.filter((one) => one.parentId === archive.id) ?? [];
  return (
    <div className="page narrow">
      <PageHead title={t('rail.network')} />
      <p className="soft">
        {nameOf(archive)} · {archive.code} · {word('archiveLevel', archive.level)}
      </p>
      {(BELOW[archive.level] ?? []).length > 0 && (
        <section>
          <h2 className="fields-title">{t('network.below')}</h2>
          {archives.error && <Trouble error={archives.error} />}
          {archives.isPending && <Loading lines={3} />}
          <ul className="history">
            {below.map((one) => (
              <li key={one.id} className="spread">
                <span>{nameOf(one)}</span>
                <span className="soft small">
                  <span className="code">{one.code}</span> · {word('archiveLevel', one.level)}
                </span>
              </li>
            ))}
          </ul>
          <NewArchive parent={archive} />
        </section>
      )}
      <Agencies archive={archive} />
    </div>
  );
}

function NewArchive({ parent }: { parent: SessionArchive }): ReactNode {
  const { t } = useWording();
  const queries = useQueryClient();
  const { message } = App.useApp();
  const [form, setForm] = useState({ code: '', name: '' });
  const [level, setLevel] = useState<ArchiveLevel>(BELOW[parent.level]?.[0] ?? 'county');
  const add = useMutation({
    mutationFn: () => body(api.POST('/archives', { body: { ...form, level, parentId: parent.id } })),
    onSuccess: (archive) => {
      message.success(t('network.added', { name: archive.name }));
      setForm({ code: '', name: '' });
      for (const queryKey of [['archives'], ['session']]) void queries.invalidateQueries({ queryKey });
    },
  });
  return (
    <AddForm
      title={t('network.addArchive')}
      error={add.error}
      pending={add.isPending}
      form={form}
      onForm={setForm}
      onAdd={() => add.mutate()}
    >
      <Field label={t('setup.level')}>
        {(id) => (
          <Select
            id={id}
            value={level}
            onChange={setLevel}
            options={(BELOW[parent.level] ?? []).map((value) => ({
              value,
              label: t(`archiveLevel.${value}`),
            }))}
          />
        )}
      </Field>
    </AddForm>
  );
}

function Agencies({ archive }: { archive: SessionArchive }): ReactNode {
  const { t } = useWording();
  const queries = useQueryClient();
  const [form, setForm] = useState({ code: '', name: '' });
  const path = { archiveId: archive.id };
  const agencies = useQuery({
    queryKey: ['agencies', archive.id],
    queryFn: () => body(api.GET('/archives/{archiveId}/agencies', { params: { path } })),
  });
  const add = useMutation({
    mutationFn: () => body(api.POST('/archives/{archiveId}/agencies', { params: { path }, body: form })),
    onSuccess: () => {
      setForm({ code: '', name: '' });
      void queries.invalidateQueries({ queryKey: ['agencies', archive.id] });
    },
  });
  return (
    <section>
      <h2 className="fields-title">{t('network.agencies')}</h2>
      {agencies.error && <Trouble error={agencies.error} />}
      {agencies.isPending && <Loading lines={3} />}
      {agencies.data?.items.length === 0 && (
        <Empty title={t('network.noAgencies')}>{t('network.noAgenciesText')}</Empty>
      )}
      <ul className="history">
        {agencies.data?.items.map((agency) => (
          <li key={agency.id} className="spread">
            <span>{agency.name}</span>
            <span className="code soft small">{agency.code}</span>
          </li>
        ))}
      </ul>
      <AddForm
        title={t('network.addAgency')}
        error={add.error}
        pending={add.isPending}
        form={form}
        onForm={setForm}
        onAdd={() => add.mutate()}
      />
    </section>
  );
}

interface CodeAndName {
  code: string;
  name: string;
}
function AddForm(props: {
  title: string;
  error: unknown;
  pending: boolean;
  form: CodeAndName;
  onForm: (form: CodeAndName) => void;
  onAdd: () => void;
  children?: ReactNode;
}): ReactNode {
  const { t } = useWording();
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    props.onAdd();
  };
  return (
    <form onSubmit={submit} className="stack" style={{ marginTop: 12 }} aria-label={props.title}>
      {props.error !== null && <Trouble error={props.error} />}
      <div className="fields">
        <Field label={t('field.name')} needed>
          {(id) => (
            <Input
              id={id}
              value={props.form.name}
              onChange={(e) => props.onForm({ ...props.form, name: e.target.value })}
            />
          )}
        </Field>
        <Field label={t('network.code')} needed>
          {(id) => (
            <Input
              id={id}
              value={props.form.code}
              onChange={(e) => props.onForm({ ...props.form, code: e.target.value.trim() })}
            />
          )}
        </Field>
        {props.children}
      </div>
      <div>
        <Button
          htmlType="submit"
          loading={props.pending}
          disabled={!props.form.code || !props.form.name.trim()}
        >
          {props.title}
        </Button>
      </div>
    </form>
  );
}
