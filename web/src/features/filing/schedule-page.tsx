import { useQuery } from '@tanstack/react-query';
import { Checkbox, Drawer, Segmented } from 'antd';
import { type ReactNode, useState } from 'react';
import { useParams } from 'react-router';
import { ApiError } from '../../api/client.ts';
import { Loading, PageHead, Status, When } from '../../components/small.tsx';
import { NothingHere, Trouble } from '../../components/trouble.tsx';
import { useWording } from '../../wording.tsx';
import {
  agencies,
  comparisonQuery,
  type Remark,
  remarksQuery,
  type ScheduleWithLines,
  scheduleQuery,
} from './queries.ts';
import { Remarks } from './remarks.tsx';
import { ScheduleActs } from './schedule-acts.tsx';
import { ScheduleEditor } from './schedule-editor.tsx';
import { ScheduleLines, type ShownLine } from './schedule-lines.tsx';
import { standingOf } from './words.ts';
import '../../styles/filing.css';

/** One retention schedule: where it stands, who leads on, its lines, how they differ, and what was said about them. */
export function SchedulePage(): ReactNode {
  const { id = '' } = useParams();
  const found = useQuery(scheduleQuery(id));
  if (found.error instanceof ApiError && found.error.status === 404) return <NothingHere />;
  if (found.error) return <Trouble error={found.error} retry={() => void found.refetch()} />;
  if (!found.data) return <Loading />;
  return <Page key={id} schedule={found.data} />;
}

type Compared = 'none' | 'template' | 'previous';

function Page({ schedule: s }: { schedule: ScheduleWithLines }): ReactNode {
  const wording = useWording();
  const { t } = wording;
  const [editing, setEditing] = useState(false);
  const all = useQuery(agencies);
  const agency = all.data?.find((a) => a.agencyId === s.agencyId);
  const { word, tone } = standingOf(wording, s);
  const speaks =
    agency && (agency.side === 'agency' ? agency.mayWrite || agency.mayConfirm : agency.mayApprove);
  const side = speaks ? agency.side : undefined;
  return (
    <div className="page">
      <PageHead crumbs={[{ to: '/filing/schedules', text: t('schedule.title') }]} title={s.title} />
      <div className="stack">
        <dl className="facts">
          <dt>{t('filing.agency')}</dt>
          <dd>{agency?.name}</dd>
          <dt>{t('schedule.state')}</dt>
          <dd>
            <Status tone={tone}>{word}</Status> {t('schedule.versionN', { n: s.number })}
          </dd>
          {s.inForceFrom && (
            <>
              <dt>{t('schedule.from')}</dt>
              <dd>{s.inForceFrom}</dd>
            </>
          )}
          {s.reviewOn && (
            <>
              <dt>{t('schedule.reviewOn')}</dt>
              <dd>
                {s.reviewOn} {s.reviewDue && <Status tone="waiting">{t('schedule.reviewDue')}</Status>}
              </dd>
            </>
          )}
          <dt>{t('schedule.drafted')}</dt>
          <dd>
            {s.draftedBy} · <When at={s.draftedAt} />
          </dd>
          {s.submittedAt && (
            <>
              <dt>{t('schedule.submitted')}</dt>
              <dd>
                {s.submittedBy} · <When at={s.submittedAt} />
              </dd>
            </>
          )}
          {s.decidedAt && (
            <>
              <dt>{t('schedule.decided')}</dt>
              <dd>
                {s.decidedBy} · <When at={s.decidedAt} />
              </dd>
            </>
          )}
          {s.decisionNote && (
            <>
              <dt>{t('schedule.note')}</dt>
              <dd>{s.decisionNote}</dd>
            </>
          )}
        </dl>
        {editing ? (
          <ScheduleEditor schedule={s} onEnd={() => setEditing(false)} />
        ) : (
          <>
            <ScheduleActs schedule={s} onEdit={() => setEditing(true)} />
            <Reading schedule={s} side={side} />
          </>
        )}
      </div>
    </div>
  );
}

function Reading({
  schedule: s,
  side,
}: {
  schedule: ScheduleWithLines;
  side: Remark['side'] | undefined;
}): ReactNode {
  const { t } = useWording();
  const [other, setOther] = useState<Compared>('none');
  const [only, setOnly] = useState(false);
  const [open, setOpen] = useState<string>();
  const remarks = useQuery(remarksQuery(s.id));
  const compared = useQuery({
    ...comparisonQuery(s.id, s.version, other === 'none' ? 'template' : other),
    enabled: other !== 'none',
  });
  const differences = other === 'none' ? [] : (compared.data?.differences ?? []);
  const of = (kind: string): number => differences.filter((d) => d.kind === kind).length;
  const said = (remarks.data ?? []).filter((r) => r.replyTo === null);
  const shown = s.lines
    .map((line, at): ShownLine => {
      const here = said.filter((r) => r.lineKey === line.key);
      const keys = [line.key, `own:${line.key}`, ...(other === 'template' ? [line.templateKey] : [])];
      return {
        ...line,
        at,
        difference: differences.find((d) => d.kind !== 'removed' && keys.includes(d.key)),
        remarks: here.length,
        waiting: here.filter((r) => r.settledAt === null).length,
      };
    })
    .filter((line) => !only || line.difference);
  const line = s.lines.find((l) => l.key === open);
  return (
    <>
      <section aria-label={t('schedule.differences')} className="row no-print">
        <span>{t('schedule.compareWith')}</span>
        <Segmented
          value={other}
          onChange={(value) => {
            setOther(value);
            setOnly(false);
          }}
          options={(['none', 'template', 'previous'] as const).map((value) => ({
            value,
            label: t(`schedule.compare.${value}`),
          }))}
        />
        {other !== 'none' && compared.data && (
          <>
            <span aria-live="polite">
              {compared.data.name === null
                ? t('schedule.nothingToCompare')
                : differences.length === 0
                  ? t('schedule.noDifferences')
                  : t('schedule.differenceCount', {
                      added: of('added'),
                      removed: of('removed'),
                      changed: of('changed'),
                    })}
            </span>
            {differences.length > 0 && (
              <Checkbox checked={only} onChange={(event) => setOnly(event.target.checked)}>
                {t('schedule.onlyDifferent')}
              </Checkbox>
            )}
          </>
        )}
      </section>
      {compared.error && other !== 'none' && <Trouble error={compared.error} />}
      <ScheduleLines
        lines={shown}
        gone={differences.filter((d) => d.kind === 'removed')}
        onLine={(chosen) => setOpen(chosen.key ?? undefined)}
      />
      <section aria-labelledby="remarks-title">
        <h2 id="remarks-title" className="fields-title">
          {t('remark.title')}
        </h2>
        <Remarks target={{ about: 'schedule', aboutId: s.id }} side={side} />
      </section>
      <Drawer
        title={line ? `${line.number} ${line.matter}` : ''}
        open={Boolean(line)}
        onClose={() => setOpen(undefined)}
        size={460}
        destroyOnHidden
      >
        {line && (
          <div className="stack">
            <LineFacts line={line} />
            <h3 className="fields-title">{t('remark.title')}</h3>
            <Remarks target={{ about: 'scheduleLine', aboutId: s.id, lineKey: line.key }} side={side} />
          </div>
        )}
      </Drawer>
    </>
  );
}

function LineFacts({ line }: { line: ScheduleWithLines['lines'][number] }): ReactNode {
  const { t, word } = useWording();
  const facts: [string, ReactNode][] = [
    [t('schedule.retention'), word('retention', line.retention)],
    [t('schedule.class'), `${line.className} ${line.classCode}`.trim()],
    [t('schedule.category'), word('category', line.category)],
    [t('schedule.keywords'), line.keywords.join(' ')],
    [t('schedule.department'), line.department],
    [t('schedule.due'), line.due],
    [t('schedule.lineNote'), line.note],
  ];
  return (
    <dl className="facts">
      {facts
        .filter(([, value]) => value)
        .map(([label, value]) => [<dt key={`${label}-label`}>{label}</dt>, <dd key={label}>{value}</dd>])}
    </dl>
  );
}
