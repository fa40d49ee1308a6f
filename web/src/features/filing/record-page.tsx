import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Input, Popconfirm } from 'antd';
import { type ReactNode, useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import { ApiError, api, body, done, fileUrl } from '../../api/client.ts';
import { Code, Field, Loading, PageHead, Retention, Status } from '../../components/small.tsx';
import { NothingHere, Trouble } from '../../components/trouble.tsx';
import { bytes } from '../../lib/format.ts';
import { uploadFile } from '../../lib/upload.ts';
import { useWording } from '../../wording.tsx';
import { FoundHere } from './found-here.tsx';
import { HandedOver } from './handed-over.tsx';
import { Origin } from './origin.tsx';
import { agencies, type RecordPage as Page, recordQuery } from './queries.ts';
import { inputOf, RecordForm, type RecordValues } from './record-form.tsx';
import { Remarks } from './remarks.tsx';
import '../../styles/filing.css';

/** One record of an agency: what is said of it, what the schedule suggests, its files and the documents in it. */
export function FilingRecordPage(): ReactNode {
  const { id = '' } = useParams();
  const found = useQuery(recordQuery(id));
  if (found.error instanceof ApiError && found.error.status === 404) return <NothingHere />;
  if (found.error) return <Trouble error={found.error} retry={() => void found.refetch()} />;
  if (!found.data) return <Loading />;
  return <Shown key={`${id} ${found.data.record.version}`} page={found.data} />;
}

const valuesOf = ({ record: r }: Page): RecordValues => ({
  title: r.title,
  creator: r.creator ?? '',
  docNo: r.docNo ?? '',
  date: r.date ?? '',
  category: r.category,
  retention: r.retention ?? '',
  classCode: r.classCode ?? '',
  className: r.className ?? '',
  pages: r.pages === null ? '' : String(r.pages),
  classification: r.classification,
  description: r.description,
});

function Shown({ page }: { page: Page }): ReactNode {
  const { t, word } = useWording();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [reason, setReason] = useState('');
  const { record: r, mayChange } = page;
  const all = useQuery(agencies);
  const agency = all.data?.find((a) => a.agencyId === r.agencyId);
  const back = `/filing/records?agency=${r.agencyId}&year=${r.year}`;
  const path = { id: r.id };
  const why = mayChange === 'reason' ? { reason: reason.trim() } : {};
  const set = (now: Page): void => {
    queries.setQueryData(['filing', 'record', r.id], now);
    for (const key of ['records', 'years', 'missing'])
      void queries.invalidateQueries({ queryKey: ['filing', key] });
    message.success(t('filingRecord.saved'));
  };
  const save = useMutation({
    mutationFn: (given: ReturnType<typeof inputOf> | { lineKey: string }) =>
      body(
        api.PATCH('/filing/records/{id}', {
          params: { path },
          body: { ...given, ...why, version: r.version },
        }),
      ),
    onSuccess: set,
  });
  const remove = useMutation({
    mutationFn: () => done(api.DELETE('/filing/records/{id}', { params: { path } })),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: ['filing', 'records'] });
      navigate(back);
    },
  });
  const speaks = agency && (agency.side === 'archive' ? agency.mayApprove : agency.mayWrite);
  return (
    <div className="page">
      <PageHead
        crumbs={[{ to: back, text: `${agency?.name ?? ''} ${r.year}` }]}
        title={r.title}
        actions={
          mayChange === 'plain' && (
            <Popconfirm
              title={t('filingRecord.remove')}
              description={t('filingRecord.removeSure')}
              okText={t('filingRecord.remove')}
              cancelText={t('act.cancel')}
              onConfirm={() => remove.mutate()}
            >
              <Button danger loading={remove.isPending}>
                {t('filingRecord.remove')}
              </Button>
            </Popconfirm>
          )
        }
      />
      <div className="stack">
        <FoundHere id={r.id} />
        <dl className="facts">
          <dt>{t('field.referenceCode')}</dt>
          <dd>
            <Code value={r.referenceCode} copy />
          </dd>
          <dt>{t('filingRecord.state')}</dt>
          <dd>
            <Status tone={r.state === 'registered' ? 'plain' : 'done'}>
              {t(`filingRecord.state.${r.state}`)}
            </Status>{' '}
            {r.state === 'registered' && r.inFiling && (
              <Status tone="waiting">{t('filingRecord.prepared')}</Status>
            )}
          </dd>
          <dt>{t('field.retention')}</dt>
          <dd>
            <Retention code={r.retention} />
          </dd>
          <dt>{t('filingRecord.class')}</dt>
          <dd>
            {r.className} <span className="code">{r.classCode}</span>
          </dd>
          {r.handoverId !== null && <HandedOver batchId={r.handoverId} />}
        </dl>
        {(save.error ?? remove.error) && <Trouble error={save.error ?? remove.error} />}
        {page.faults.length > 0 && (
          <p className="notice is-waiting">
            {t('filingRecord.faults')}:{' '}
            {[...new Set(page.faults.map((f) => (f.label ? labelIn(word, f.label) : f.field)))].join(
              t('list.comma'),
            )}
          </p>
        )}
        {mayChange !== 'no' && (
          <Suggestions page={page} pending={save.isPending} onTake={(lineKey) => save.mutate({ lineKey })} />
        )}
        <Files page={page} why={why} onChanged={set} />
        {page.parts.length > 0 && <Parts page={page} onChanged={set} />}
        {page.origin.length > 0 && <Origin events={page.origin} />}
        {mayChange !== 'no' && (
          <section aria-labelledby="describe-title">
            <h2 id="describe-title" className="fields-title">
              {t('filingRecord.edit')}
            </h2>
            <RecordForm
              values={valuesOf(page)}
              act={t('act.save')}
              pending={save.isPending}
              onSave={(values) => save.mutate(inputOf(values, valuesOf(page)))}
            >
              {mayChange === 'reason' && (
                <Field
                  label={t('filingRecord.correctReason')}
                  hint={t('filingRecord.correctReasonHint')}
                  needed
                >
                  {(id) => (
                    <Input id={id} value={reason} onChange={(event) => setReason(event.target.value)} />
                  )}
                </Field>
              )}
            </RecordForm>
          </section>
        )}
        <section aria-labelledby="remarks-title">
          <h2 id="remarks-title" className="fields-title">
            {t('remark.title')}
          </h2>
          <Remarks target={{ about: 'record', aboutId: r.id }} side={speaks ? agency.side : undefined} />
        </section>
      </div>
    </div>
  );
}

/** A field's name from the key of its message: `field.title`. */
function labelIn(word: ReturnType<typeof useWording>['word'], key: string): string {
  const [prefix = '', ...rest] = key.split('.');
  return word(prefix, rest.join('.'), key);
}

function Suggestions(props: { page: Page; pending: boolean; onTake: (lineKey: string) => void }): ReactNode {
  const { t } = useWording();
  const { suggestions, record } = props.page;
  return (
    <section aria-labelledby="suggest-title">
      <h2 id="suggest-title" className="fields-title">
        {t('filingRecord.suggestions')}
      </h2>
      {suggestions.length === 0 && <p className="soft">{t('filingRecord.noSuggestion')}</p>}
      <ul className="history">
        {suggestions.map((s) => (
          <li key={s.line.key}>
            <div className="spread">
              <span>
                <strong>
                  {s.line.number} {s.line.matter}
                </strong>{' '}
                <Retention code={s.retention} /> <span className="code soft">{s.classCode}</span>
              </span>
              {record.lineKey === s.line.key ? (
                <Status tone="done">{t('filingRecord.taken')}</Status>
              ) : (
                <Button size="small" loading={props.pending} onClick={() => props.onTake(s.line.key)}>
                  {t('filingRecord.take')}
                </Button>
              )}
            </div>
            <p className="small soft">
              {t('filingRecord.sure', { n: Math.round(s.sure * 100) })} ·{' '}
              {s.reasons
                .map((r) => t(`filingRecord.reason.${r.code}`, { words: r.words.join(t('list.comma')) }))
                .join('; ')}
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}

interface Changes {
  page: Page;
  onChanged: (now: Page) => void;
}

function Files({ page, why, onChanged }: Changes & { why: { reason?: string } }): ReactNode {
  const { t } = useWording();
  const [sent, setSent] = useState<[number, number]>();
  const path = { id: page.record.id };
  const attach = useMutation({
    mutationFn: async (files: File[]) => {
      const uploadIds: string[] = [];
      for (const [i, file] of files.entries()) {
        setSent([i + 1, files.length]);
        uploadIds.push(await uploadFile(file));
      }
      return body(api.POST('/filing/records/{id}/files', { params: { path }, body: { uploadIds, ...why } }));
    },
    onSuccess: onChanged,
    onSettled: () => setSent(undefined),
  });
  const detach = useMutation({
    mutationFn: (fileId: string) =>
      body(
        api.POST('/filing/records/{id}/files/{fileId}/removal', {
          params: { path: { id: path.id, fileId } },
          body: why,
        }),
      ),
    onSuccess: onChanged,
  });
  return (
    <section aria-labelledby="files-title">
      <h2 id="files-title" className="fields-title">
        {t('filingRecord.files')}
      </h2>
      {(attach.error ?? detach.error) && <Trouble error={attach.error ?? detach.error} />}
      {page.files.length === 0 && <p className="soft">{t('filingRecord.noFiles')}</p>}
      <ul className="history">
        {page.files.map((f) => (
          <li key={f.id} className="spread">
            <span className="file-name">
              <a href={fileUrl(`/filing/records/${path.id}/files/${f.id}`)}>{f.name}</a>{' '}
              <span className="small soft">
                {bytes(f.bytes)} · SHA-512 <span className="code">{f.sha512.slice(0, 16)}…</span>
              </span>
            </span>
            {page.mayChange !== 'no' && (
              <Button size="small" loading={detach.isPending} onClick={() => detach.mutate(f.id)}>
                {t('filingRecord.detach')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {page.mayChange !== 'no' && (
        <label className="attach">
          <span>{t('filingRecord.attach')}</span>
          <input
            type="file"
            multiple
            disabled={attach.isPending}
            onChange={(event) => {
              const files = [...(event.target.files ?? [])];
              event.target.value = '';
              if (files.length > 0) attach.mutate(files);
            }}
          />
        </label>
      )}
      {sent && <p role="status">{t('filingRecord.sending', { n: sent[0], total: sent[1] })}</p>}
    </section>
  );
}

function Parts({ page, onChanged }: Changes): ReactNode {
  const { t } = useWording();
  const { id } = page.record;
  const takeOut = useMutation({
    mutationFn: (part: string) =>
      body(
        api.POST('/filing/records/{id}/parts/removal', { params: { path: { id } }, body: { ids: [part] } }),
      ),
    onSuccess: onChanged,
  });
  return (
    <section aria-labelledby="parts-title">
      <h2 id="parts-title" className="fields-title">
        {t('filingRecord.parts')}
      </h2>
      {takeOut.error && <Trouble error={takeOut.error} />}
      <ol className="history">
        {page.parts.map(({ record: p, files }) => (
          <li key={p.id} className="spread">
            <span>
              <Status tone="plain">{t(`filingRecord.part.${p.part ?? 'other'}`)}</Status>{' '}
              <Link to={`/filing/records/${p.id}`}>{p.title}</Link>{' '}
              <span className="small soft">{files.map((f) => f.name).join(t('list.comma'))}</span>
            </span>
            {page.mayChange === 'plain' && (
              <Button size="small" loading={takeOut.isPending} onClick={() => takeOut.mutate(p.id)}>
                {t('filingRecord.ungroup')}
              </Button>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}
