import { useMutation, useQueries, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Input, Select, Tabs } from 'antd';
import { type ReactNode, useState } from 'react';
import { useParams } from 'react-router';
import { api, body as bodyOf } from '../../../api/client.ts';
import type { Obligation, SchemeBody, SchemeLevel } from '../../../api/shapes.ts';
import { Field, Loading, PageHead } from '../../../components/small.tsx';
import { NothingHere, Trouble } from '../../../components/trouble.tsx';
import { useArchive, useCan } from '../../../shell/place.ts';
import { useWording } from '../../../wording.tsx';
import { ELSEWHERE } from '../areas.ts';
import { ElementFields } from '../element-fields.tsx';
import { useSettled } from '../form-queries.ts';
import type { UnitText } from '../unit-values.ts';
import { ChangeEditor } from './change-editor.tsx';
import {
  addElement,
  EMPTY,
  isHalfWritten,
  LEVELS,
  ownKey,
  putChange,
  putElement,
  removeElement,
} from './draft.ts';
import { ElementEditor } from './element-editor.tsx';
import { ElementList } from './element-list.tsx';
import { EVERY } from './list.tsx';
import { schemeVersion, schemeVersions } from './queries.ts';
import { Versions } from './versions.tsx';
import { Vocabularies } from './vocabularies.tsx';
import '../../../styles/holdings.css';

/** The scheme of one category, or of all: what is described at each level, built with the form it makes beside it. */
export function SchemePage(): ReactNode {
  const { category: at = EVERY } = useParams();
  const archive = useArchive();
  const can = useCan();
  const category = at === EVERY ? null : at;
  const list = useQuery(schemeVersions(archive?.id ?? ''));
  const versions = (list.data?.items ?? []).filter((v) => v.category === category);
  const newest = versions[0];
  const [from, setFrom] = useState<string>();
  const [tab, setTab] = useState('elements');
  const begun = useQuery(schemeVersion(from ?? newest?.id ?? ''));
  if (!archive || !can('holdings.read', archive.id)) return <NothingHere />;
  if (list.error) return <Trouble error={list.error} retry={() => void list.refetch()} />;
  if (!list.data || (newest && !begun.data)) return <Loading lines={12} />;
  return (
    <Builder
      key={`${newest?.id ?? ''}.${from ?? ''}`}
      archiveId={archive.id}
      archiveCode={archive.code}
      category={category}
      versions={versions}
      start={begun.data?.body ?? EMPTY}
      tab={tab}
      onTab={setTab}
      onBegin={(id) => {
        setFrom(id);
        setTab('elements');
      }}
    />
  );
}

const today = (): string => new Date().toLocaleDateString('sv-SE');

function Builder(props: {
  archiveId: string;
  archiveCode: string;
  category: string | null;
  versions: Parameters<typeof Versions>[0]['versions'];
  start: SchemeBody;
  tab: string;
  onTab: (tab: string) => void;
  onBegin: (id: string) => void;
}): ReactNode {
  const { t, word, language } = useWording();
  const { message } = App.useApp();
  const can = useCan();
  const queries = useQueryClient();
  const { archiveId, category, versions, start } = props;
  const [draft, setDraft] = useState(start);
  const [level, setLevel] = useState<SchemeLevel>('item');
  const [chosen, setChosen] = useState<string>();
  const [sample, setSample] = useState<UnitText>({});
  const [validFrom, setFrom] = useState(today);
  const [reason, setReason] = useState('');
  const mayWrite = can('holdings.write', archiveId);
  const levels = category === null ? LEVELS : LEVELS.filter((one) => one !== 'fonds');
  const standards = useQueries({
    queries: levels.map((one) => ({
      queryKey: ['description-form', 'standard', one, category],
      queryFn: () =>
        bodyOf(
          api.GET('/archives/{archiveId}/description-form', {
            params: {
              path: { archiveId },
              query: { level: one, standard: true, ...(category && { category }) },
            },
          }),
        ),
      staleTime: Number.POSITIVE_INFINITY,
    })),
  });
  const asked = useSettled({ category, level, body: draft });
  const preview = useQuery({
    queryKey: ['scheme-preview', archiveId, asked],
    queryFn: () =>
      bodyOf(
        api.POST('/archives/{archiveId}/description-schemes/preview', {
          params: { path: { archiveId } },
          body: asked,
        }),
      ),
    retry: false,
    enabled: mayWrite && !isHalfWritten(asked.body),
    placeholderData: (before) => before,
    gcTime: 10_000,
  });
  // The last form that could be made stays while a scheme is half written.
  const [shown, setShown] = useState(preview.data);
  if (preview.data && !preview.isError && preview.data !== shown) setShown(preview.data);
  const fields = (mayWrite ? shown : standards[levels.indexOf(level)]?.data)?.fields ?? [];
  const standardAt =
    (key: string) =>
    (one: SchemeLevel): Obligation =>
      standards[levels.indexOf(one)]?.data?.fields.find((f) => f.key === key)?.obligation ?? 'unused';
  const put = useMutation({
    mutationFn: () =>
      bodyOf(
        api.POST('/archives/{archiveId}/description-schemes', {
          params: { path: { archiveId } },
          body: {
            category,
            validFrom,
            body: draft,
            reason: reason.trim() || null,
            basedOn: versions[0]?.version ?? null,
          },
        }),
      ),
    onSuccess: (made) => {
      for (const queryKey of [['description-schemes'], ['description-form']])
        void queries.invalidateQueries({ queryKey });
      message.success(t('schemes.saved', { day: made.validFrom }));
    },
  });
  const own = draft.elements.find((e) => ownKey(e.key) === chosen);
  const standard =
    chosen === undefined || own
      ? undefined
      : (fields.find((f) => f.key === chosen) ??
        standards.flatMap((s) => s.data?.fields ?? []).find((f) => f.key === chosen));
  const listed = new Set(fields.map((f) => f.key));
  const unused = [
    ...draft.elements.flatMap((e) =>
      listed.has(ownKey(e.key)) ? [] : [{ key: ownKey(e.key), name: e.names[language] || e.key }],
    ),
    ...Object.keys(draft.changes).flatMap((key) =>
      listed.has(key) ? [] : [{ key, name: word('field', key) }],
    ),
  ];
  const dirty = JSON.stringify(draft) !== JSON.stringify(versions.length > 0 ? start : EMPTY);
  return (
    <div className="page">
      <PageHead
        crumbs={[{ to: `/description-schemes?archive=${props.archiveCode}`, text: t('schemes.title') }]}
        title={category ? word('category', category) : t('schemes.all')}
      />
      {put.error && <Trouble error={put.error} />}
      <Tabs
        size="small"
        activeKey={props.tab}
        onChange={props.onTab}
        items={[
          {
            key: 'elements',
            label: t('schemes.elements'),
            children: (
              <div className="scheme-builder">
                <div className="stack">
                  <div className="row">
                    <Select
                      aria-label={t('field.level')}
                      value={level}
                      onChange={(next: SchemeLevel) => setLevel(next)}
                      options={levels.map((one) => ({ value: one, label: t(`level.${one}`) }))}
                    />
                    {mayWrite && (
                      <Button
                        onClick={() => {
                          const added = addElement(draft, t('schemes.newElement'));
                          setDraft(added.body);
                          setChosen(ownKey(added.key));
                        }}
                      >
                        {t('schemes.addElement')}
                      </Button>
                    )}
                  </div>
                  <ElementList
                    fields={fields}
                    unused={unused}
                    changed={new Set(Object.keys(draft.changes))}
                    chosen={chosen}
                    onChoose={setChosen}
                    onOrder={mayWrite ? (order) => setDraft({ ...draft, order }) : undefined}
                  />
                </div>
                <section aria-label={t('schemes.edit')}>
                  {!own && !standard && <p className="soft">{t('schemes.choose')}</p>}
                  {own && (
                    <>
                      <div className="spread">
                        <h2 className="fields-title">{own.names[language] || own.key}</h2>
                        {mayWrite && (
                          <button
                            type="button"
                            className="plain link"
                            onClick={() => {
                              setDraft(removeElement(draft, own.key));
                              setChosen(undefined);
                            }}
                          >
                            {t('schemes.remove', { name: own.names[language] || own.key })}
                          </button>
                        )}
                      </div>
                      <ElementEditor
                        element={own}
                        levels={levels}
                        vocabularies={draft.vocabularies}
                        isOld={start.elements.some((e) => e.key === own.key)}
                        onChange={(change) => {
                          setDraft(putElement(draft, own.key, change));
                          if (change.key !== undefined) setChosen(ownKey(change.key));
                        }}
                      />
                    </>
                  )}
                  {standard && (
                    <>
                      <h2 className="fields-title">{standard.names[language]}</h2>
                      <ChangeEditor
                        field={standard}
                        change={draft.changes[standard.key] ?? {}}
                        levels={levels}
                        standard={standardAt(standard.key)}
                        onChange={(change) => setDraft(putChange(draft, standard.key, change))}
                      />
                    </>
                  )}
                </section>
                <section aria-label={t('schemes.preview')} className="scheme-preview">
                  <h2 className="fields-title">{t('schemes.preview')}</h2>
                  {preview.error && <Trouble error={preview.error} />}
                  {(preview.error || isHalfWritten(draft)) && (
                    <p className="small soft">{t('schemes.previewWrong')}</p>
                  )}
                  <ElementFields
                    fields={fields.filter((f) => !ELSEWHERE.has(f.key))}
                    text={sample}
                    onChange={setSample}
                    judged={undefined}
                    wrong={{}}
                    strict={false}
                  />
                </section>
              </div>
            ),
          },
          {
            key: 'vocabularies',
            label: t('schemes.vocabularies'),
            children: <Vocabularies body={draft} onChange={setDraft} />,
          },
          {
            key: 'versions',
            label: t('schemes.versions'),
            children: (
              <Versions versions={versions} body={start} mayWrite={mayWrite} onBegin={props.onBegin} />
            ),
          },
        ]}
      />
      {mayWrite && (
        <div className="fields scheme-foot">
          <Field label={t('schemes.missing')}>
            {(id) => (
              <Select
                id={id}
                value={draft.missing}
                onChange={(missing: SchemeBody['missing']) => setDraft({ ...draft, missing })}
                options={(['incomplete', 'refuse'] as const).map((one) => ({
                  value: one,
                  label: t(`schemes.missing.${one}`),
                }))}
              />
            )}
          </Field>
          <Field label={t('schemes.validFrom')} needed>
            {(id) => (
              <Input
                id={id}
                type="date"
                min={today()}
                value={validFrom}
                onChange={(event) => setFrom(event.target.value)}
              />
            )}
          </Field>
          <Field label={t('schemes.why')}>
            {(id) => (
              <Input
                id={id}
                maxLength={1_000}
                value={reason}
                onChange={(event) => setReason(event.target.value)}
              />
            )}
          </Field>
          <Button
            type="primary"
            disabled={!dirty || !validFrom || preview.isError || isHalfWritten(draft)}
            loading={put.isPending}
            onClick={() => put.mutate()}
          >
            {t('schemes.putInForce')}
          </Button>
        </div>
      )}
    </div>
  );
}
