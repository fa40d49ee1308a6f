import type { PackageKind } from './kind.ts';

/**
 * Each kind in a file of its own, loaded when it is asked for, in the order in which a thing of no said kind is asked: the
 * most particular first.
 */
export const KINDS = {
  ocfl: async () => (await import('./ocfl.ts')).ocfl,
  bag: async () => (await import('./bag.ts')).bag,
  eark: async () => (await import('./eark.ts')).eark,
  eep: async () => (await import('./eep.ts')).eep,
  handover: async () => (await import('./handover.ts')).handover,
} satisfies Record<string, () => Promise<PackageKind>>;

export type KindName = keyof typeof KINDS;

export const KIND_NAMES = Object.keys(KINDS) as readonly KindName[];
