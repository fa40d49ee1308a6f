import { Button, Drawer, Input, InputNumber, Radio, Select } from 'antd';
import { type ReactNode, useState } from 'react';
import { fileUrl } from '../../api/client.ts';
import { Field } from '../../components/small.tsx';
import { useWording } from '../../wording.tsx';
import type { Agency } from './queries.ts';

const PAPERS = ['catalogue', 'note', 'spines'] as const;
/** Millimetres (DA/T 22). */
const THICKNESSES = [20, 30, 40, 50];

/** The papers of DA/T 22 to be printed: of the whole year, of a class, or of one box. */
export function Papers({ agency, year }: { agency: Agency; year: number }): ReactNode {
  const { t } = useWording();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('filingList.print')}</Button>
      <Drawer
        title={t('filingList.print')}
        open={open}
        onClose={() => setOpen(false)}
        size={420}
        destroyOnHidden
      >
        <Choice agency={agency} year={year} />
      </Drawer>
    </>
  );
}

function Choice({ agency, year }: { agency: Agency; year: number }): ReactNode {
  const { t, language } = useWording();
  const [paper, setPaper] = useState<(typeof PAPERS)[number]>('catalogue');
  const [category, setCategory] = useState('WS');
  const [retention, setRetention] = useState('');
  const [classCode, setClassCode] = useState('');
  const [box, setBox] = useState<number | null>(null);
  const [thickness, setThickness] = useState(30);
  const href = fileUrl(`/filing/lists/${paper}.pdf`, {
    archive: agency.archiveId,
    agency: agency.agencyId,
    year: String(year),
    category: category.trim().toUpperCase() || undefined,
    retention: retention.trim().toUpperCase() || undefined,
    class: classCode.trim().toUpperCase() || undefined,
    box: box === null ? undefined : String(box),
    thickness: paper === 'spines' ? String(thickness) : undefined,
    lang: language,
  });
  return (
    <div className="stack">
      <Radio.Group
        vertical
        aria-label={t('filingList.print')}
        value={paper}
        onChange={(event) => setPaper(event.target.value)}
        options={PAPERS.map((value) => ({ value, label: t(`filingList.${value}`) }))}
      />
      <p className="soft">{t('filingList.which', { year: String(year) })}</p>
      <Field label={t('field.category')} needed>
        {(id) => (
          <Input
            id={id}
            maxLength={2}
            value={category}
            onChange={(event) => setCategory(event.target.value)}
          />
        )}
      </Field>
      <Field label={t('field.retention')} hint={t('filingList.retentionHint')}>
        {(id) => <Input id={id} value={retention} onChange={(event) => setRetention(event.target.value)} />}
      </Field>
      <Field label={t('filingRecord.classCode')}>
        {(id) => <Input id={id} value={classCode} onChange={(event) => setClassCode(event.target.value)} />}
      </Field>
      <Field label={t('filingRecord.box')}>
        {(id) => <InputNumber id={id} min={1} value={box} onChange={setBox} />}
      </Field>
      {paper === 'spines' && (
        <Field label={t('filingList.thickness')}>
          {(id) => (
            <Select
              id={id}
              value={thickness}
              onChange={setThickness}
              options={THICKNESSES.map((value) => ({ value, label: `${value} mm` }))}
            />
          )}
        </Field>
      )}
      <div>
        <Button type="primary" href={href} target="_blank" rel="noreferrer" disabled={!category.trim()}>
          {t('filingList.open')}
        </Button>
      </div>
    </div>
  );
}
