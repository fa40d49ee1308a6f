import { type Class, classOf, type Kind } from './authority.ts';

/** How one authority stands to another, told from the side of the first. */
export const RELATION_TYPES = [
  'superior',
  'subordinate',
  'hierarchical',
  'earlier',
  'later',
  'temporal',
  'family',
  'associative',
  'identity',
  'performs',
  'performedBy',
  'located',
  'locationOf',
] as const;
export type RelationType = (typeof RELATION_TYPES)[number];

const INVERSE: Partial<Record<RelationType, RelationType>> = {
  superior: 'subordinate',
  subordinate: 'superior',
  earlier: 'later',
  later: 'earlier',
  performs: 'performedBy',
  performedBy: 'performs',
  located: 'locationOf',
  locationOf: 'located',
};
/** Written from the other side, so that one relation has one row: what stands below says what it stands below. */
const TURNED: readonly RelationType[] = ['subordinate', 'later', 'performedBy', 'locationOf'];

/** The same relation told from the other side. */
export function inverseOf(type: RelationType): RelationType {
  return INVERSE[type] ?? type;
}

/** A relation between two of the list, as it is written: which is the first, and what it is to the second. */
export function canonical(a: string, type: RelationType, b: string): [string, RelationType, string] {
  if (TURNED.includes(type)) return [b, inverseOf(type), a];
  return inverseOf(type) === type && b < a ? [b, type, a] : [a, type, b];
}

const WITHIN: readonly RelationType[] = [
  'superior',
  'subordinate',
  'earlier',
  'later',
  'associative',
  'identity',
];

/** Types that two kinds can stand in, told from the side of the first. */
export function typesBetween(a: Kind, b: Kind): readonly RelationType[] {
  const [one, other]: [Class, Class] = [classOf(a), classOf(b)];
  if (one === other) {
    if (one === 'subject') return WITHIN.filter((t) => t !== 'earlier' && t !== 'later');
    const kin = a !== 'body' && b !== 'body' && one === 'agent';
    return kin ? [...WITHIN, 'family'] : WITHIN;
  }
  if (one === 'agent' && other === 'function') return ['performs', 'associative'];
  if (one === 'function' && other === 'agent') return ['performedBy', 'associative'];
  if (other === 'place') return ['located', 'associative'];
  if (one === 'place') return ['locationOf', 'associative'];
  return ['associative'];
}
