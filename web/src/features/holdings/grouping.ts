import { readWhere, writeWhere } from './conditions.tsx';

/** Groups that have a filter of their own in the address. */
const OWN_KEY: Readonly<Record<string, string>> = {
  fonds: 'fonds',
  level: 'level',
  category: 'category',
  year: 'year',
  retention: 'retention',
  accessStatus: 'access',
};

/** The table narrowed to a group. */
export function addGroup(
  by: string,
  value: string | null,
  where: string | undefined,
): Record<string, string | undefined> {
  const key = OWN_KEY[by];
  if (key && value !== null) return { [key]: value };
  const condition = value === null ? ([by, 'empty'] as const) : ([by, 'is', value] as const);
  return { where: writeWhere([...readWhere(where), condition]) };
}
