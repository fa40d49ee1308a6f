import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { api, body } from '../../api/client.ts';
import type { SheetAnswer, TableRow } from '../../api/shapes.ts';
import { Loading } from '../../components/small.tsx';
import { Trouble } from '../../components/trouble.tsx';
import { count } from '../../lib/format.ts';
import { useReturn } from '../../lib/use-return.ts';
import { useWording } from '../../wording.tsx';
import { LookedRows } from './looked-rows.tsx';
import type { Pasted } from './sheet-values.ts';

/** As many as one request brings. */
const MOST_ROWS = 1_000;

/** What a paste would do, row by row, before it is done. */
export function PastePanel(props: {
  archiveId: string;
  pasted: Pasted;
  rows: readonly TableRow[];
  titleOf: (column: string) => string | undefined;
  onClose: () => void;
  onWritten: (answer: SheetAnswer) => void;
}): ReactNode {
  const { t } = useWording();
  const queries = useQueryClient();
  const { archiveId, pasted } = props;
  const [reason, setReason] = useState('');
  const send = (dryRun: boolean) =>
    body(
      api.POST('/archives/{archiveId}/sheet', {
        params: { path: { archiveId } },
        body: { dryRun, rows: pasted.rows, ...(reason.trim() && { reason: reason.trim() }) },
      }),
    );
  const tooMany = pasted.rows.length > MOST_ROWS;
  const look = useQuery({
    queryKey: ['sheet', archiveId, pasted.rows],
    queryFn: () => send(true),
    enabled: pasted.rows.length > 0 && !tooMany,
    retry: false,
    gcTime: 0,
  });
  const write = useMutation({
    mutationFn: () => send(false),
    onSuccess: async (answer) => {
      await queries.invalidateQueries({ queryKey: ['units'] });
      void queries.invalidateQueries({ queryKey: ['tree'] });
      props.onWritten(answer);
    },
  });
  const codeOf = (id: string | null): string =>
    (id && props.rows.find((r) => r.id === id)?.referenceCode) || t('paste.newRow');
  const answer = look.data;
  const good = answer ? answer.changed + answer.added : 0;
  useReturn();
  // Enter writes what was looked at, Esc lets go of it.
  const go = useRef<HTMLButtonElement>(null);
  const stop = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    (good > 0 ? go : stop).current?.focus();
  }, [good]);
  return (
    <section
      className="bulk-panel no-print"
      aria-label={t('paste.title')}
      onKeyDown={(event) => {
        if (event.key === 'Escape') props.onClose();
      }}
    >
      <div className="stack">
        <b>{t('paste.title')}</b>
        {pasted.ignored.length > 0 && (
          <p className="small soft">{t('paste.ignored', { columns: pasted.ignored.join('、') })}</p>
        )}
        {pasted.homeless > 0 && <p className="small">{t('paste.homeless', { n: pasted.homeless })}</p>}
        {tooMany && (
          <p className="is-wrong">
            {t('paste.tooMany', { n: count(pasted.rows.length), most: count(MOST_ROWS) })}
          </p>
        )}
        {pasted.rows.length === 0 && <p>{t('paste.nothing')}</p>}
        {look.error && <Trouble error={look.error} />}
        {write.error && <Trouble error={write.error} />}
        {look.isLoading && <Loading lines={4} />}
        {answer && (
          <p aria-live="polite">
            {t('paste.counts', { changed: answer.changed, added: answer.added, refused: answer.refused })}
          </p>
        )}
        <div className="row">
          <Input
            size="small"
            style={{ maxWidth: 320 }}
            placeholder={t('bulkEdit.reason')}
            aria-label={t('bulkEdit.reason')}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
          <Button
            ref={go}
            type="primary"
            disabled={good === 0}
            loading={write.isPending}
            onClick={() => write.mutate()}
          >
            {t('paste.write', { n: good })}
          </Button>
          <Button ref={stop} onClick={props.onClose}>
            {t('act.cancel')}
          </Button>
        </div>
        {answer && (
          <LookedRows
            titleOf={props.titleOf}
            rows={answer.rows.map((row, i) => ({
              key: String(i),
              code: codeOf(row.id),
              differences: row.differences,
              finding: row.finding,
              otherwise: row.id ? t('paste.same') : t('paste.added'),
            }))}
          />
        )}
      </div>
    </section>
  );
}
