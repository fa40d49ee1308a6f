import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { HistoryEntry, Unit } from '../../api/shapes.ts';
import { Empty, Loading, When } from '../../components/small.tsx';
import { Trouble } from '../../components/trouble.tsx';
import { listOf } from '../../lib/format.ts';
import { useWording, type Wording } from '../../wording.tsx';
import { Versions } from '../changes/versions.tsx';
import { unitHistory } from './queries.ts';

/** Told by the versions, field by field. */
const IN_VERSIONS: ReadonlySet<string> = new Set(['unit.corrected', 'unit.moved', 'unit.renumbered']);

/** The versions of the description; then one sentence for each other event: who did what. */
export function History({ unit }: { unit: Unit }): ReactNode {
  const wording = useWording();
  const { t } = wording;
  const history = useQuery(unitHistory(unit.id));
  if (history.error) return <Trouble error={history.error} retry={() => void history.refetch()} />;
  if (!history.data) return <Loading lines={4} />;
  if (history.data.items.length === 0 && !unit.importId) return <Empty title={t('history.none')} />;
  const events = history.data.items.filter((entry) => !IN_VERSIONS.has(entry.act));
  return (
    <>
      <Versions unit={unit} />
      <ol className="history" aria-label={t('history.title')}>
        {events.map((entry, n) => (
          <li key={`${entry.at}-${n.toString()}`}>
            {historySentence(entry, wording)}
            <span className="small soft">
              <When at={entry.at} />
            </span>
          </li>
        ))}
        {unit.importId && (
          <li>
            <Link to={`/imports/${unit.importId}`}>
              {t('history.fromImport', { row: unit.importRow ?? '—' })}
            </Link>
            <span className="small soft">
              <When at={unit.createdAt} />
            </span>
          </li>
        )}
      </ol>
    </>
  );
}

/** Follow from other fields; nobody typed them. */
const DERIVED: ReadonlySet<string> = new Set(['sortKey', 'dateFrom', 'dateTo']);

const text = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';

const nameIn = (person: unknown): string =>
  typeof person === 'object' && person !== null && 'name' in person ? text(person.name) : '';

/** The event in words. An act the catalogue has no sentence for is told plainly, never left out. */
export function historySentence(entry: HistoryEntry, { t, word, language }: Wording): string {
  const { actor, act, detail } = entry;
  const after = detail.after;
  const changed = typeof after === 'object' && after !== null ? Object.keys(after) : [];
  const named = changed
    .filter((field) => !DERIVED.has(field))
    .map((field) => (field === 'description' ? t('history.description') : word('field', field)));
  const fields = listOf(language, named);
  const pattern = word('history', act, '');
  if (!pattern) return t('history.other', { actor, act });
  const params: Record<string, string> = {
    actor,
    fields: fields || t('history.description'),
    status: word('access', text(detail.status)),
    reason: text(detail.reason),
    file: text(detail.file) || text(detail.fileName),
    row: text(detail.row),
    pages: Array.isArray(detail.pages) ? String(detail.pages.length) : text(detail.pages),
    number: text(detail.number),
    approver: text(detail.approvedBy) || actor,
    code: text(detail.code) || text(detail.referenceCode),
    from: text(detail.from),
    to: text(detail.to) || t('history.noCode'),
    until: text(detail.until),
    person: nameIn(detail.person),
    note: text(detail.note),
    opensOn: text(detail.opensOn),
  };
  return pattern.replace(/\{(\w+)\}/g, (_, name: string) => params[name] ?? '').trim();
}
