import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { Link } from 'react-router';
import type { FormField, Unit } from '../../api/shapes.ts';
import { Code, Loading, Retention, When } from '../../components/small.tsx';
import { fondsLabel } from '../../lib/fonds-label.ts';
import { archivalDate, count, listOf } from '../../lib/format.ts';
import { nameIn } from '../../shell/place.ts';
import { useWording, type Wording } from '../../wording.tsx';
import { AccessOf } from '../access/access-state.tsx';
import { AREAS, BEFORE, BEHIND, BY_PLACE } from './areas.ts';
import { descriptionForm, termName } from './form-queries.ts';

/** A unit in the seven areas of DA/T 18. Optional elements without a value are folded away. */
export function Description({ unit }: { unit: Unit }): ReactNode {
  const wording = useWording();
  const { t, language } = wording;
  const [everything, setEverything] = useState(false);
  const form = useQuery(descriptionForm(unit.archive.id, unit.level, unit.category));
  const fields = (form.data?.fields ?? []).filter((field) => !BY_PLACE.has(field.key));
  const byKey = new Map(fields.map((field) => [field.key, field]));
  const other = Object.keys(unit.description).filter((key) => !byKey.has(key) && key !== 'extra');
  const extra = extraOf(unit);
  const areas = AREAS.map((area) => {
    const keys = [
      ...(BEFORE[area] ?? []),
      ...fields.filter((field) => field.area === area).map((field) => field.key),
      ...(area === 'notes' ? other : []),
      ...(BEHIND[area] ?? []),
    ];
    return {
      area,
      rows: keys.map((field) => ({
        field,
        name: byKey.get(field)?.names[language] ?? wording.word('field', field),
        value:
          shownValue(unit, field, wording, byKey.get(field)) ??
          inheritedValue(unit, field, wording, byKey.get(field)),
      })),
    };
  });
  const empty = areas.flatMap((a) => a.rows).filter((row) => row.value === null).length;
  const lacking = unit.lacking.map((key) => byKey.get(key)?.names[language] ?? wording.word('field', key));
  if (!form.data) return <Loading lines={8} />;
  return (
    <div>
      {unit.allowed.write && lacking.length > 0 && (
        <p className="small soft">{t('description.lacking', { fields: listOf(language, lacking) })}</p>
      )}
      {areas.map(({ area, rows }) => {
        const shown = rows.filter((row) => everything || row.value !== null);
        if (shown.length === 0) return null;
        return (
          <section key={area}>
            <h3 className="fields-title">{t(`area.${area}`)}</h3>
            <dl className="facts">
              {shown.map(({ field, name, value }) => (
                <div key={field} style={{ display: 'contents' }}>
                  <dt>{name}</dt>
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

/** What stands above says for it, and where: nothing of it is the entry's own. */
function inheritedValue(
  unit: Unit,
  key: string,
  { t, word, language }: Wording,
  field: FormField | undefined,
): ReactNode {
  const inherited = unit.inherited[key];
  if (!inherited) return null;
  const { value, from } = inherited;
  const coded =
    key === 'category' || key === 'retention' ? word(key, value) : termName(field, value, language);
  const name = from.referenceCode ?? from.title;
  return (
    <>
      {coded}{' '}
      <span className="small soft" title={from.title}>
        {from.type === 'unit' ? (
          <Link to={`/units/${from.id}`}>{t('description.inherited', { from: name })}</Link>
        ) : (
          t('description.inherited', { from: name })
        )}
      </span>
    </>
  );
}

/** What is shown for a field, or null when the unit has nothing there. */
function shownValue(unit: Unit, field: string, { t, word, language }: Wording, asked?: FormField): ReactNode {
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
  if (own[field]) return own[field]();
  const value = unit.description[field];
  if (!asked?.own || typeof value !== 'string') return plain(value);
  if (asked.type === 'yesNo' && (value === 'yes' || value === 'no')) return t(`yesNo.${value}`);
  if (asked.type === 'date') return archivalDate(value) || value;
  if (asked.type === 'url')
    return (
      <a href={value} rel="noreferrer noopener" target="_blank">
        {value}
      </a>
    );
  return termName(asked, value, language);
}
