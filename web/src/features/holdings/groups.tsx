import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import type { UnitFilter } from '../../api/requests.ts';
import { Loading } from '../../components/small.tsx';
import { Trouble } from '../../components/trouble.tsx';
import { count } from '../../lib/format.ts';
import { useWording } from '../../wording.tsx';
import { unitGroups } from './queries.ts';

/** Fields whose values have words. */
const WORDED: Readonly<Record<string, string>> = {
  category: 'category',
  retention: 'retention',
  accessStatus: 'access',
  level: 'level',
  classification: 'classification',
};

/** Years follow each other; of the rest the largest stand first. */
const inOrder = <G extends { value: string | null }>(by: string, groups: readonly G[]): readonly G[] =>
  by === 'year' ? groups.toSorted((a, b) => Number(a.value ?? '9999') - Number(b.value ?? '9999')) : groups;

/** The table by groups, with how many entries and pages each has; a group is opened by narrowing the table to it. */
export function Groups(props: {
  archiveId: string;
  filter: UnitFilter;
  by: string;
  title: string;
  onGroup: (value: string | null) => void;
}): ReactNode {
  const { t, word } = useWording();
  const groups = useQuery(unitGroups(props.archiveId, props.filter, props.by));
  if (groups.error) return <Trouble error={groups.error} retry={() => void groups.refetch()} />;
  if (!groups.data) return <Loading lines={4} />;
  const nameOf = (g: { value: string | null; label: string | null }): string => {
    if (g.value === null) return t('description.none');
    const kind = WORDED[props.by];
    return g.label ?? (kind ? word(kind, g.value, g.value) : g.value);
  };
  return (
    <div className="groups">
      <table className="data" aria-label={t('groups.title', { field: props.title })}>
        <thead>
          <tr>
            <th scope="col">{props.title}</th>
            <th scope="col" className="numeric" style={{ width: 110 }}>
              {t('groups.units')}
            </th>
            <th scope="col" className="numeric" style={{ width: 110 }}>
              {t('field.pages')}
            </th>
            <th scope="col" className="numeric" style={{ width: 110 }}>
              {t('field.pageCount')}
            </th>
          </tr>
        </thead>
        <tbody>
          {inOrder(props.by, groups.data.groups).map((g) => (
            <tr key={g.value ?? ''}>
              <td>
                <Button size="small" type="link" onClick={() => props.onGroup(g.value)}>
                  {nameOf(g)}
                </Button>
              </td>
              <td className="numeric">{count(g.units)}</td>
              <td className="numeric">{count(g.pages)}</td>
              <td className="numeric">{count(g.digitalPages)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {groups.data.more && <p className="small soft">{t('groups.more', { n: groups.data.groups.length })}</p>}
    </div>
  );
}
