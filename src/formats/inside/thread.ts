import { answerRequests } from '#kernel/threads';
import type { Inside, InsideKind } from './types.ts';

export interface InsideRequest {
  path: string;
  kind: InsideKind;
  trust: string[];
}

/** Readers are loaded as needed: a thread lives for one file. */
answerRequests<InsideRequest>(async ({ path, kind, trust }): Promise<Inside> => {
  switch (kind) {
    case 'pdf':
      return (await import('./pdf.ts')).lookInsidePdf(path, trust);
    case 'media':
      return (await import('./media/index.ts')).lookInsideMedia(path);
    case 'office':
      return (await import('./office.ts')).lookInsideOffice(path);
    case 'mail':
      return (await import('./mail.ts')).lookInsideMail(path);
    default:
      return { kind, notPerformed: [] };
  }
});
