import type { Class } from './authority.ts';

export const WRITTEN_FIELDS = ['creator', 'persons', 'subjects'] as const;
export type WrittenField = (typeof WRITTEN_FIELDS)[number];

/** Elements of an entry that name authorities: of what class, and in what part. */
export const WRITTEN: Readonly<
  Record<WrittenField, { classes: readonly Class[]; role: 'creator' | 'mentioned' | 'subject' }>
> = {
  creator: { classes: ['agent'], role: 'creator' },
  persons: { classes: ['agent'], role: 'mentioned' },
  subjects: { classes: ['subject'], role: 'subject' },
};

/** Several names in one element, as cataloguers set them apart. */
export function writtenNames(text: string | null): string[] {
  return (text ?? '')
    .split(/[;；、,，\n]/)
    .map((n) => n.trim())
    .filter((n) => n !== '');
}
