import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { api, body } from '../../api/client.ts';
import { useWording } from '../../wording.tsx';
import { useFieldName } from '../changes/differences.tsx';
import { unitOne } from '../holdings/queries.ts';
import { textOf } from '../holdings/unit-values.ts';
import '../../styles/desk.css';

interface Draft {
  archiveId: string;
  unitId: string | null;
  fondsId: string;
  parentId: string | null;
  fields: readonly { field: string; mine: string | number | null }[];
}

/** What would be odd about an entry once a draft counts, for who looks it through. */
export function DraftFlags({ draft }: { draft: Draft }): ReactNode {
  const { t } = useWording();
  const nameOf = useFieldName();
  const { archiveId, unitId, fondsId } = draft;
  const unit = useQuery({ ...unitOne(unitId ?? ''), enabled: unitId !== null });
  const values: Record<string, string> = unit.data ? textOf(unit.data) : {};
  for (const { field, mine } of draft.fields) values[field] = mine === null ? '' : String(mine);
  const { level: written, ...rest } = values;
  const level = written === 'file' || written === 'series' ? written : (unit.data?.level ?? 'item');
  const parentId = unit.data?.ancestors.at(-1)?.id ?? draft.parentId;
  const said = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== ''));
  const found = useQuery({
    queryKey: ['draft-flags', archiveId, fondsId, parentId, level, said],
    queryFn: () =>
      body(
        api.POST('/archives/{archiveId}/units/suggest', {
          params: { path: { archiveId } },
          body: { level, values: said, fondsId, ...(parentId && { parentId }) },
        }),
      ),
    enabled: unitId === null || unit.data !== undefined,
    retry: false,
  });
  const odd = (found.data?.items ?? []).filter((s) => s.kind === 'flags' || s.kind === 'names');
  if (odd.length === 0) return null;
  return (
    <section className="notice is-waiting" role="note" aria-label={t('deskHelp.kind.flags')}>
      <ul className="desk-list">
        {odd.map((s) => (
          <li key={`${s.field} ${s.why}`}>
            {nameOf(s.field)} <span className="desk-odd">{s.why}</span>
            {s.value !== null && ` → ${s.value}`}
          </li>
        ))}
      </ul>
    </section>
  );
}
