import { Button, Checkbox, Select, Tabs } from 'antd';
import type { ReactNode } from 'react';
import { DUE_KINDS } from '#kernel/due';
import { BASE } from '../../api/client.ts';
import { Field, PageHead } from '../../components/small.tsx';
import { NothingHere, Trouble } from '../../components/trouble.tsx';
import { useUrlState } from '../../lib/use-url-state.ts';
import { useArchive, useCan } from '../../shell/place.ts';
import { useWording } from '../../wording.tsx';
import { AgencyChoice } from '../filing/agency-choice.tsx';
import { Remarks } from '../filing/remarks.tsx';
import { useAgency } from '../filing/use-agency.ts';
import { DueAgencies } from './due-agencies.tsx';
import { DueLines } from './due-lines.tsx';
import '../../styles/filing.css';

const SIDES = ['agency', 'archive'] as const;

/** What is due, overdue, returned: an agency's own, or of all agencies of an archive, line by line and one by one. */
export function DuePage(): ReactNode {
  const { t, language } = useWording();
  const archive = useArchive();
  const can = useCan();
  const agencies = useAgency();
  const { all, one, error } = agencies;
  const [view, change] = useUrlState(['kind', 'side', 'late', 'by']);
  if (!archive || !can('filing.read', archive.id)) return <NothingHere />;
  const late = view.late === '1';
  const kind = DUE_KINDS.find((k) => k === view.kind);
  const side = SIDES.find((one) => one === view.side);
  const isMirror = all.some((a) => a.side === 'archive') && !one;
  const query = {
    archive: archive.id,
    ...(one && { agency: one.agencyId }),
    ...(kind && { kind }),
    ...(side && { side }),
    ...(late && { late }),
  };
  const words = new URLSearchParams({ lang: language });
  for (const [name, value] of Object.entries(query)) words.set(name, String(value));
  const lines = <DueLines query={query} withAgency={!one} />;
  return (
    <div className="page">
      <PageHead
        title={t('due.title')}
        actions={
          <Button href={`${BASE}/due/due.xlsx?${words}`} download>
            {t('due.workbook')}
          </Button>
        }
      />
      {error ? <Trouble error={error} /> : null}
      <div className="stack">
        <div className="row">
          <AgencyChoice of={agencies} everyAgency />
          <Field label={t('due.kindLabel')}>
            {(id) => (
              <Select
                id={id}
                style={{ width: 200 }}
                allowClear
                value={kind ?? null}
                onChange={(value) => change({ kind: value ?? undefined })}
                options={DUE_KINDS.map((value) => ({ value, label: t(`due.kind.${value}`) }))}
                placeholder={t('due.allKinds')}
              />
            )}
          </Field>
          <Field label={t('due.sideLabel')}>
            {(id) => (
              <Select
                id={id}
                style={{ width: 140 }}
                allowClear
                value={side ?? null}
                onChange={(value) => change({ side: value ?? undefined })}
                options={SIDES.map((value) => ({
                  value,
                  label: t(`due.side.${value}`),
                }))}
                placeholder={t('due.allSides')}
              />
            )}
          </Field>
          <Checkbox
            checked={late}
            onChange={(event) => change({ late: event.target.checked ? '1' : undefined })}
          >
            {t('due.onlyLate')}
          </Checkbox>
        </div>
        {isMirror ? (
          <Tabs
            activeKey={view.by === 'agency' ? 'agency' : 'line'}
            onChange={(key) => change({ by: key === 'agency' ? 'agency' : undefined })}
            destroyOnHidden
            items={[
              { key: 'line', label: t('due.lines'), children: lines },
              {
                key: 'agency',
                label: t('due.agencies'),
                children: <DueAgencies archiveId={archive.id} late={late} />,
              },
            ]}
          />
        ) : (
          lines
        )}
        {one && (
          <section aria-labelledby="said-here">
            <h2 className="fields-title" id="said-here">
              {t('remark.title')}
            </h2>
            <Remarks
              target={{ about: 'agency', aboutId: one.agencyId, archiveId: one.archiveId }}
              side={one.mayWrite || one.mayConfirm || one.side === 'archive' ? one.side : undefined}
            />
          </section>
        )}
      </div>
    </div>
  );
}
