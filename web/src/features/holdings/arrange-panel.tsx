import { useMutation, useQuery } from '@tanstack/react-query';
import { Button, Drawer, Input, InputNumber, Radio, Select } from 'antd';
import { type ReactNode, useState } from 'react';
import { ApiError, api, body } from '../../api/client.ts';
import type { components, paths } from '../../api/schema.generated.ts';
import { Loading } from '../../components/small.tsx';
import { sentenceOf, Trouble } from '../../components/trouble.tsx';
import { useWording } from '../../wording.tsx';
import { fondsList } from './queries.ts';

export type Plan = NonNullable<
  paths['/arrangement/preview']['post']['requestBody']
>['content']['application/json'];
export type Begun = paths['/arrangement']['post']['responses'][200]['content']['application/json'];
export type PlanPreview =
  paths['/arrangement/preview']['post']['responses'][200]['content']['application/json'];
export type { components };

/** What is to be done, as it is begun; the panel asks for what is missing. */
export type Wanted =
  | (Extract<Plan, { kind: 'move' }> & { n: number; label: string })
  | (Extract<Plan, { kind: 'renumber' }> & { n: number })
  | { kind: 'merge'; archiveId: string; fondsId: string; number: string }
  | {
      kind: 'split';
      fondsId: string;
      number: string;
      selection: Extract<Plan, { kind: 'split' }>['selection'];
      n: number;
    };

export const previewOf = (plan: Plan): Promise<PlanPreview> =>
  body(api.POST('/arrangement/preview', { body: plan }));
export const beginPlan = (plan: Plan, reason: string | null): Promise<Begun> =>
  body(api.POST('/arrangement', { body: { plan, reason } }));

const RETENTIONS = ['Y', 'D30', 'D10'];

/** Moving into another fonds, renumbering, joining and dividing: what it would come to, old and new side by side, then the doing. */
export function ArrangePanel(props: {
  wanted: Wanted;
  onClose: () => void;
  onBegun: (begun: Begun, n: number) => void;
}): ReactNode {
  const { wanted, onClose } = props;
  const wording = useWording();
  const { t } = wording;
  const [codes, setCodes] = useState<'keep' | 'renumber'>('renumber');
  const [start, setStart] = useState(1);
  const [year, setYear] = useState('');
  const [retention, setRetention] = useState<string>();
  const [into, setInto] = useState<string>();
  const [fonds, setFonds] = useState({ number: '', name: '' });
  const [reason, setReason] = useState('');
  const plan = planOf(wanted, { codes, start, year, retention, into, fonds });
  const preview = useQuery({
    queryKey: ['arrange-preview', plan],
    enabled: plan !== undefined,
    queryFn: () => previewOf(plan!),
    staleTime: 0,
    retry: false,
  });
  const begin = useMutation({
    mutationFn: () => beginPlan(plan!, reason),
    onSuccess: (begun) => props.onBegun(begun, preview.data?.total ?? 0),
  });
  const found = preview.data;
  const n = 'n' in wanted ? wanted.n : 0;
  const title =
    wanted.kind === 'merge' || wanted.kind === 'split'
      ? t(`arrange.${wanted.kind}.title`, { number: wanted.number })
      : t(`arrange.${wanted.kind}.title`, { n });
  const may = found !== undefined && found.refusals.length === 0 && reason.trim() !== '';
  return (
    <Drawer
      open
      size={640}
      title={title}
      onClose={onClose}
      footer={
        <div className="row">
          <Button type="primary" disabled={!may} loading={begin.isPending} onClick={() => begin.mutate()}>
            {t(`arrange.act.${wanted.kind}`)}
          </Button>
          <Button onClick={onClose}>{t('act.cancel')}</Button>
        </div>
      }
    >
      <div className="stack">
        {begin.error && <Trouble error={begin.error} />}
        {wanted.kind === 'move' && (
          <p>
            {t('arrange.to')} {wanted.label}
          </p>
        )}
        {wanted.kind === 'merge' && <IntoFonds {...wanted} value={into} onChange={setInto} />}
        {wanted.kind === 'split' && (
          <div className="row">
            <Labelled words={t('arrange.newNumber')}>
              <Input
                aria-label={t('arrange.newNumber')}
                value={fonds.number}
                maxLength={20}
                onChange={(e) => setFonds({ ...fonds, number: e.target.value.toUpperCase() })}
              />
            </Labelled>
            <Labelled words={t('arrange.newName')}>
              <Input
                aria-label={t('arrange.newName')}
                value={fonds.name}
                maxLength={500}
                onChange={(e) => setFonds({ ...fonds, name: e.target.value })}
              />
            </Labelled>
          </div>
        )}
        {wanted.kind === 'renumber' ? (
          <div className="row">
            <Labelled words={t('arrange.start')}>
              <InputNumber
                aria-label={t('arrange.start')}
                min={1}
                max={9_999_999}
                value={start}
                onChange={(v) => setStart(v ?? 1)}
              />
            </Labelled>
            <Labelled words={t('arrange.values.year')}>
              <Input
                aria-label={t('arrange.values.year')}
                value={year}
                maxLength={4}
                style={{ width: 90 }}
                onChange={(e) => setYear(e.target.value.replace(/\D/g, ''))}
              />
            </Labelled>
            <Labelled words={t('arrange.values.retention')}>
              <Select
                allowClear
                value={retention ?? null}
                style={{ width: 110 }}
                aria-label={t('arrange.values.retention')}
                options={RETENTIONS.map((code) => ({
                  value: code,
                  label: wording.word('retention', code, code),
                }))}
                onChange={(v: string | null) => setRetention(v ?? undefined)}
              />
            </Labelled>
          </div>
        ) : (
          <fieldset className="stack plain-set">
            <legend>{t('arrange.codes')}</legend>
            <Radio.Group
              value={codes}
              className="stack"
              onChange={(e) => setCodes(e.target.value === 'keep' ? 'keep' : 'renumber')}
            >
              <Radio value="renumber">{t('arrange.codes.renumber')}</Radio>
              <Radio value="keep">{t('arrange.codes.keep')}</Radio>
            </Radio.Group>
          </fieldset>
        )}
        <Labelled words={t('arrange.reason')}>
          <Input.TextArea
            aria-label={t('arrange.reason')}
            rows={2}
            maxLength={1_000}
            value={reason}
            onChange={(e) => setReason(e.target.value)}
          />
        </Labelled>
        <section aria-live="polite">
          <h3 className="fields-title">{t('arrange.preview')}</h3>
          {preview.error && <Trouble error={preview.error} />}
          {plan && preview.isFetching && !found && <Loading lines={3} />}
          {found && (
            <Found
              found={found}
              sentence={(r) => sentenceOf(new ApiError(422, r.code, problemOf(r)), wording)}
            />
          )}
        </section>
      </div>
    </Drawer>
  );
}

const problemOf = (r: PlanPreview['refusals'][number]) => ({
  type: '',
  title: r.code,
  status: 422,
  code: r.code,
  detail: r.message,
});

function Found({
  found,
  sentence,
}: {
  found: PlanPreview;
  sentence: (r: PlanPreview['refusals'][number]) => string;
}): ReactNode {
  const { t } = useWording();
  if (found.refusals.length > 0)
    return (
      <div className="notice is-wrong" role="alert">
        {found.refusals.map((r) => (
          <p key={r.code}>{sentence(r)}</p>
        ))}
      </div>
    );
  const changed = found.codes.filter((c) => c.from !== c.to);
  return (
    <div className="stack">
      <p>{t('arrange.counts', { total: found.total, renumbered: found.renumbered })}</p>
      {found.tried < found.total && (
        <p className="soft small">{t('arrange.tried', { tried: found.tried })}</p>
      )}
      {found.people > 0 && <p className="notice is-waiting">{t('arrange.people', { n: found.people })}</p>}
      {found.leave > 0 && <p className="notice is-waiting">{t('arrange.leave', { n: found.leave })}</p>}
      {found.kept > 0 && <p className="soft small">{t('arrange.kept', { n: found.kept })}</p>}
      {found.without > 0 && <p className="soft small">{t('arrange.without', { n: found.without })}</p>}
      {found.passedOver.length > 0 && (
        <p className="soft small">
          {t('arrange.passedOver', { codes: found.passedOver.slice(0, 20).join(' ') })}
        </p>
      )}
      {changed.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by key
        <section className="arrange-codes" tabIndex={0} aria-label={t('arrange.preview')}>
          <table className="plain-table">
            <thead>
              <tr>
                <th scope="col">{t('arrange.old')}</th>
                <th scope="col">{t('arrange.new')}</th>
                <th scope="col">{t('field.title')}</th>
              </tr>
            </thead>
            <tbody>
              {changed.slice(0, 200).map((c) => (
                <tr key={c.unitId}>
                  <td className="code">{c.from}</td>
                  <td className="code">{c.to}</td>
                  <td className="clip">{c.title}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </div>
  );
}

function IntoFonds(props: {
  archiveId: string;
  fondsId: string;
  value: string | undefined;
  onChange: (id: string) => void;
}): ReactNode {
  const { t } = useWording();
  const [q, setQ] = useState('');
  const list = useQuery(fondsList(props.archiveId, q));
  const others = list.data?.items.filter((f) => f.id !== props.fondsId && f.partOf === null) ?? [];
  return (
    <Labelled words={t('arrange.into')}>
      <Select
        showSearch
        filterOption={false}
        onSearch={setQ}
        value={props.value ?? null}
        aria-label={t('arrange.into')}
        options={others.map((f) => ({ value: f.id, label: `${f.number} ${f.name}` }))}
        onChange={(id: string | null) => id && props.onChange(id)}
      />
    </Labelled>
  );
}

/** A field with its words above it; the field bears them as its name too. */
function Labelled({ words, children }: { words: string; children: ReactNode }): ReactNode {
  return (
    <div className="arrange-field">
      <span className="small soft" aria-hidden="true">
        {words}
      </span>
      {children}
    </div>
  );
}

interface Said {
  codes: 'keep' | 'renumber';
  start: number;
  year: string;
  retention: string | undefined;
  into: string | undefined;
  fonds: { number: string; name: string };
}

/** The plan as far as it is told; undefined while something is missing. */
function planOf(wanted: Wanted, said: Said): Plan | undefined {
  const { codes } = said;
  if (wanted.kind === 'move') {
    const { kind, selection, to } = wanted;
    return { kind, selection, to, codes };
  }
  if (wanted.kind === 'renumber') {
    const values: Record<string, string> = {};
    if (/^\d{4}$/.test(said.year)) values.year = said.year;
    if (said.retention) values.retention = said.retention;
    return { kind: 'renumber', selection: wanted.selection, numbers: { start: said.start, values } };
  }
  if (wanted.kind === 'merge')
    return said.into
      ? { kind: 'merge', fondsId: wanted.fondsId, to: { fondsId: said.into, parentId: null }, codes }
      : undefined;
  const { number, name } = said.fonds;
  if (!/^[A-Z0-9]{1,20}$/.test(number) || name.trim() === '') return undefined;
  const { kind, fondsId, selection } = wanted;
  return {
    kind,
    fondsId,
    selection,
    codes,
    fonds: { number, name: name.trim(), agencyId: null, dates: null, history: null },
  };
}
