import { type ReactNode, useState } from 'react';
import type { Unit } from '../../api/shapes.ts';
import { Code, Retention, When } from '../../components/small.tsx';
import { fondsLabel } from '../../lib/fonds-label.ts';
import { archivalDate, count } from '../../lib/format.ts';
import { nameIn } from '../../shell/place.ts';
import { useWording, type Wording } from '../../wording.tsx';
import { AccessOf } from '../access/access-state.tsx';
import { AREAS, type AreaName } from './areas.ts';

/** A unit in the seven areas of DA/T 18. Optional elements without a value are folded away. */
export function Description({ unit }: { unit: Unit }): ReactNode {
  const wording = useWording();
  const { t } = wording;
  const [everything, setEverything] = useState(false);
  const known = new Set<string>(Object.values(AREAS).flat());
  const other = Object.keys(unit.description).filter((field) => !known.has(field) && field !== 'extra');
  const extra = extraOf(unit);
  const areas = (Object.keys(AREAS) as AreaName[]).map((area) => {
    const fields: string[] = area === 'notes' ? [...AREAS[area], ...other] : [...AREAS[area]];
    return { area, rows: fields.map((field) => ({ field, value: shownValue(unit, field, wording) })) };
  });
  const empty = areas.flatMap((a) => a.rows).filter((row) => row.value === null).length;
  return (
    <div>
      {areas.map(({ area, rows }) => {
        const shown = rows.filter((row) => everything || row.value !== null);
        if (shown.length === 0) return null;
        return (
          <section key={area}>
            <h3 className="fields-title">{t(`area.${area}`)}</h3>
            <dl className="facts">
              {shown.map(({ field, value }) => (
                <div key={field} style={{ display: 'contents' }}>
                  <dt>{wording.word('field', field)}</dt>
                  <dd>{value ?? <span className="soft">{t('description.none')}</span>}</dd>
                </div>
              ))}
            </dl>
          </section>
        );
      })}
      {extra.length > 0 && (
        <section>
          <h3 className="fields-title">{t('description.extra')}</h3>
          <dl className="facts">
            {extra.map(([heading, text]) => (
              <div key={heading} style={{ display: 'contents' }}>
                <dt>{heading}</dt>
                <dd>{text}</dd>
              </div>
            ))}
          </dl>
        </section>
      )}
      {empty > 0 && (
        <p style={{ marginTop: 12 }}>
          <button
            type="button"
            className="plain small soft"
            aria-expanded={everything}
            onClick={() => setEverything(!everything)}
          >
            {everything ? `▾ ${t('description.fold')}` : `▸ ${t('description.unfold', { n: empty })}`}
          </button>
        </p>
      )}
    </div>
  );
}

function plain(value: unknown): ReactNode {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : null;
}

/** Elements of a foreign catalogue, under the headings they came with. */
function extraOf(unit: Unit): [heading: string, text: string][] {
  const { extra } = unit.description;
  if (typeof extra !== 'object' || extra === null) return [];
  return Object.entries(extra).map(([heading, text]) => [heading, String(text)]);
}

/** What is shown for a field, or null when the unit has nothing there. */
function shownValue(unit: Unit, field: string, { t, word, language }: Wording): ReactNode {
  const own: Record<string, () => ReactNode> = {
    archive: () => `${unit.archive.code} ${nameIn(language, unit.archive)}`,
    level: () => t(`level.${unit.level}`),
    referenceCode: () => (unit.referenceCode ? <Code value={unit.referenceCode} copy /> : null),
    aliases: () =>
      unit.aliases.length > 0 ? unit.aliases.map((code) => <Code key={code} value={code} />) : null,
    title: () => unit.title,
    docNo: () => unit.docNo,
    date: () => archivalDate(unit.date) || null,
    creator: () => unit.creator,
    fonds: () => fondsLabel(unit.fonds),
    category: () => (unit.category ? word('category', unit.category) : null),
    year: () => unit.year,
    retention: () => (unit.retention ? <Retention code={unit.retention} /> : null),
    classification: () => word('classification', unit.classification),
    accessStatus: () => <AccessOf state={unit} />,
    pages: () => (unit.pages === null ? null : count(unit.pages)),
    pageCount: () => (unit.pageCount > 0 ? count(unit.pageCount) : null),
    createdAt: () => <When at={unit.createdAt} />,
    updatedAt: () => <When at={unit.updatedAt} />,
  };
  return own[field] ? own[field]() : plain(unit.description[field]);
}
