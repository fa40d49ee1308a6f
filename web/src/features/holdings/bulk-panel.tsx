import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { api, body } from '../../api/client.ts';
import { type UnitFilter, unitQuery } from '../../api/requests.ts';
import type { BulkPreview, TableRow } from '../../api/shapes.ts';
import type { GridColumn } from '../../components/grid/types.ts';
import { Trouble } from '../../components/trouble.tsx';
import { count } from '../../lib/format.ts';
import { useReturn } from '../../lib/use-return.ts';
import { useWording } from '../../wording.tsx';
import { DESCRIPTION_KEYS } from '../changes/queries.ts';
import { JobLine } from '../jobs/job-list.tsx';
import { isOver, useJob } from '../jobs/use-job.ts';
import { ActLine, actOf, isWhole, newAct } from './bulk-act.tsx';
import { LookedRows } from './looked-rows.tsx';

/** Which entries: the ticked ones, or all that fit. */
export type Chosen = { ids: string[] } | { filter: UnitFilter };

/** Many entries at one stroke: what is to be done, what it would come to, and the work itself. */
export function BulkPanel(props: {
  archiveId: string;
  chosen: Chosen;
  sort: string;
  /** How many; undefined: all that fit, which were not counted. */
  n: number | undefined;
  columns: readonly GridColumn<TableRow>[];
  onClose: () => void;
  onDone: (changesetId: string, changed: number) => void;
}): ReactNode {
  const { t, word } = useWording();
  const queries = useQueryClient();
  const { archiveId, chosen, sort } = props;
  const fields = props.columns.filter((c) => c.editable).map((c) => ({ value: c.key, label: c.title }));
  const sources = props.columns
    .filter((c) => c.text && c.key !== 'changed')
    .map((c) => ({ value: c.key, label: c.title }));
  const [drafts, setDrafts] = useState([newAct('title', 'replace')]);
  const [reason, setReason] = useState('');
  const [begun, setBegun] = useState<{ id: string; jobId: string }>();
  const whole = drafts.every(isWhole);
  const wish = {
    selection: 'ids' in chosen ? { ids: chosen.ids, sort } : { filter: unitQuery(chosen.filter), sort },
    acts: drafts.map(actOf),
    ...(reason.trim() && { reason: reason.trim() }),
  };
  const preview = useMutation({
    mutationFn: () =>
      body(
        api.POST('/archives/{archiveId}/bulk-edits/preview', { params: { path: { archiveId } }, body: wish }),
      ),
  });
  const begin = useMutation({
    mutationFn: () =>
      body(api.POST('/archives/{archiveId}/bulk-edits', { params: { path: { archiveId } }, body: wish })),
    onSuccess: (answer) => {
      setBegun(answer);
      void queries.invalidateQueries({ queryKey: ['jobs'] });
    },
  });
  const job = useJob(begun?.jobId);
  const over = isOver(job);
  const outcome = useQuery({
    queryKey: ['changeset', 'bulk', begun?.id],
    queryFn: () => body(api.GET('/bulk-edits/{id}', { params: { path: { id: begun?.id ?? '' } } })),
    enabled: begun !== undefined && over,
  });
  const { onDone } = props;
  const told = useRef<string>(undefined);
  useEffect(() => {
    if (!outcome.data || told.current === outcome.data.id) return;
    told.current = outcome.data.id;
    for (const queryKey of DESCRIPTION_KEYS)
      void queries.invalidateQueries({
        queryKey,
        predicate: ({ queryKey: key }) => !(key[0] === 'changeset' && key[1] === 'bulk'),
      });
    if (outcome.data.changed > 0) onDone(outcome.data.id, outcome.data.changed);
  }, [outcome.data, onDone, queries]);
  useReturn();
  // What is to be found is asked first, and the keyboard goes there.
  const panel = useRef<HTMLElement>(null);
  useEffect(() => {
    panel.current?.querySelector<HTMLElement>('input.act-text')?.focus();
  }, []);
  const put = (at: number, draft: (typeof drafts)[number]): void => {
    preview.reset();
    setDrafts(drafts.map((d, i) => (i === at ? draft : d)));
  };
  const remove = (at: number): void => {
    preview.reset();
    setDrafts(drafts.filter((_, k) => k !== at));
  };
  return (
    <section
      ref={panel}
      className="bulk-panel no-print"
      aria-label={t('bulkEdit.title')}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !event.defaultPrevented) props.onClose();
      }}
    >
      <div className="spread">
        <b>{props.n === undefined ? t('bulkEdit.headAll') : t('bulkEdit.head', { n: count(props.n) })}</b>
        <Button size="small" type="text" onClick={props.onClose}>
          {t('act.close')}
        </Button>
      </div>
      {begun ? (
        <>
          {job && <JobLine job={job} />}
          {outcome.data && (
            <p aria-live="polite">
              {t('bulkEdit.outcome', { changed: outcome.data.changed, unchanged: outcome.data.unchanged })}
              {Object.entries(outcome.data.skipped).map(([code, n]) => (
                <span key={code}> · {t('bulkEdit.skipped', { n, why: word('error', code, code) })}</span>
              ))}
            </p>
          )}
        </>
      ) : (
        <>
          {drafts.map((draft, i) => (
            <ActLine
              // biome-ignore lint/suspicious/noArrayIndexKey: lines have no other name
              key={i}
              draft={draft}
              fields={fields}
              sources={sources}
              onChange={(d) => put(i, d)}
              onRemove={drafts.length > 1 ? () => remove(i) : undefined}
            />
          ))}
          <div className="act-line">
            <Button
              size="small"
              type="link"
              onClick={() => {
                const free = fields.find((f) => !drafts.some((d) => d.field === f.value));
                if (!free) return;
                preview.reset();
                setDrafts([...drafts, newAct(free.value)]);
              }}
            >
              {t('bulkEdit.add')}
            </Button>
            <Input
              size="small"
              style={{ width: 240 }}
              placeholder={t('bulkEdit.reason')}
              aria-label={t('bulkEdit.reason')}
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
            <Button
              size="small"
              disabled={!whole}
              loading={preview.isPending}
              onClick={() => preview.mutate()}
            >
              {t('bulkEdit.preview')}
            </Button>
            <Button
              size="small"
              type="primary"
              disabled={!preview.data || preview.data.changed === 0}
              loading={begin.isPending}
              onClick={() => begin.mutate()}
            >
              {t('bulkEdit.begin')}
            </Button>
          </div>
          <p className="small soft">{t('bulkEdit.frozen')}</p>
          {preview.error && <Trouble error={preview.error} />}
          {begin.error && <Trouble error={begin.error} />}
          {preview.data && (
            <Looked
              preview={preview.data}
              titleOf={(field) => props.columns.find((c) => c.key === field)?.title}
            />
          )}
        </>
      )}
    </section>
  );
}

function Looked({
  preview,
  titleOf,
}: {
  preview: BulkPreview;
  titleOf: (field: string) => string | undefined;
}): ReactNode {
  const { t, word } = useWording();
  return (
    <div className="stack">
      <p aria-live="polite">
        {t(preview.totalIsExact ? 'bulkEdit.looked' : 'bulkEdit.lookedOpen', {
          total: count(preview.total),
          looked: preview.lookedAt,
          changed: preview.changed,
          unchanged: preview.unchanged,
        })}
        {Object.entries(preview.skipped).map(([code, n]) => (
          <span key={code}> · {t('bulkEdit.skipped', { n, why: word('error', code, code) })}</span>
        ))}
      </p>
      {preview.rows.length > 0 && (
        <LookedRows
          titleOf={titleOf}
          rows={preview.rows.map((row) => ({
            key: row.unitId,
            code: row.referenceCode ?? row.title,
            differences: row.differences,
            finding: row.finding,
            otherwise: t('paste.same'),
          }))}
        />
      )}
    </div>
  );
}
