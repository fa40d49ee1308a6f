import { UNKNOWN } from '../identifying.ts';
import { rowOf } from './register.ts';
import {
  CATEGORIES,
  type Category,
  type Policy,
  type Risk,
  type Target,
  type Tool,
  type Why,
} from './types.ts';

/** What an archive decided about a format or a category; null: as the register has it. */
export interface Decision {
  risk: Risk | null;
  policy: Policy | null;
  reason: string;
}

/** The newest decisions of an archive, by their subject: a format's identifier, or `category:<category>`. */
export type Decisions = ReadonlyMap<string, Decision>;

/** How a format stands in an archive. */
export interface Standing {
  puid: string;
  /** null where the register does not have it. */
  name: string | null;
  category: Category;
  open: boolean | null;
  archival: boolean;
  risk: Risk;
  why: readonly Why[];
  policy: Policy;
  /** What it is converted to, and by what; null where no tool is known that opens it. */
  target: Target | null;
  tool: Tool | null;
  /** What risk and policy stand on: the shipped register, or a decision about the category or the format. */
  by: { risk: Ground; policy: Ground };
}
export type Ground = 'register' | 'category' | 'format';

export const categorySubject = (category: Category): string => `category:${category}`;

/** The category a subject names; null for a format's identifier. */
export function categoryOf(subject: string): Category | null {
  return CATEGORIES.find((c) => subject === categorySubject(c)) ?? null;
}

/** Identifiers of PRONOM, and our own where it has none. */
export const isPuid = (subject: string): boolean =>
  /^(x-)?fmt\/\d{1,6}$/.test(subject) || /^lantai\/[a-z0-9-]{1,40}$/.test(subject);

const SOUND: ReadonlySet<Category> = new Set(['audio']);

/** What a tool makes of content of a category. */
export function targetOf(tool: Tool | null, category: Category): Target | null {
  if (tool === 'libvips') return 'tiff';
  if (tool === 'libreoffice') return 'pdfa';
  if (tool === 'ffmpeg') return SOUND.has(category) ? 'wav' : 'mp4';
  return null;
}

/**
 * Risk and policy of a format: what the archive decided about it, else what it decided about its category, else what the
 * register says. A decision about a category does not reach formats that are forms for keeping themselves: they are what
 * the others are converted to.
 */
export function standingOf(puid: string, decisions: Decisions): Standing {
  const row = rowOf(puid);
  const category = row?.category ?? 'other';
  const archival = row?.archival ?? false;
  const own = decisions.get(puid);
  const general = archival ? undefined : decisions.get(categorySubject(category));
  const unknown: Why = puid === UNKNOWN || puid === '' ? 'unidentified' : 'notInRegister';
  const decide = <K extends 'risk' | 'policy'>(key: K, fallback: NonNullable<Decision[K]>) => {
    if (own?.[key]) return { is: own[key], by: 'format' as const };
    if (general?.[key]) return { is: general[key], by: 'category' as const };
    return { is: fallback, by: 'register' as const };
  };
  const risk = decide('risk', row?.risk ?? (unknown === 'unidentified' ? 'high' : 'medium'));
  const policy = decide('policy', row?.policy ?? 'keep');
  const tool = row?.tool ?? null;
  return {
    puid,
    name: row?.name ?? null,
    category,
    open: row?.open ?? null,
    archival,
    risk: risk.is as Risk,
    why: row?.why ?? [unknown],
    policy: policy.is as Policy,
    target: archival ? null : targetOf(tool, category),
    tool: archival ? null : tool,
    by: { risk: risk.by, policy: policy.by },
  };
}
