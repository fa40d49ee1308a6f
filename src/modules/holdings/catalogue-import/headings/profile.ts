import { hash } from 'node:crypto';
import type { Profile } from '../store/profiles.ts';
import type { Sheet } from '../types.ts';
import { normaliseHeading } from './normalise.ts';

/** What tells one kind of file from another: its headings, in their order. */
export function signatureOf(sheet: Sheet): string {
  return hash(
    'sha256',
    sheet.columns.map((c) => normaliseHeading(c.heading) || c.heading).join('\u001f'),
    'hex',
  );
}

/** Understands a sheet as one of its kind was understood before. */
export function applyProfile(sheet: Sheet, profile: Profile): Sheet {
  return {
    ...sheet,
    use: sheet.use || profile.columns.some((c) => c.field !== null),
    columns: sheet.columns.map((c, i) => {
      const kept = profile.columns[i];
      return kept ? { ...c, field: kept.field, confidence: 1, reason: 'profile' as const } : c;
    }),
  };
}
