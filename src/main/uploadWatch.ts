import type { AuditTrail } from '#kernel/audit';
import type { Config } from '#kernel/config';
import type { Database } from '#kernel/db';
import { isId } from '#kernel/ids';
import type { Log } from '#kernel/log';
import { createScanner } from '#kernel/scanner';
import type { UploadWatch } from '#kernel/staging';

/** The site's malware scanner over uploads; what it finds stands in the trail. Undefined: none is set. */
export function uploadWatch(
  { scanner }: Pick<Config, 'scanner'>,
  { db, audit, log }: { db: Database; audit: AuditTrail; log: Log },
): UploadWatch | undefined {
  return (
    scanner && {
      ...createScanner(scanner),
      async found({ id, personId, name, finding }) {
        log.warn({ upload: id, finding }, 'malware in an upload');
        await db.system((tx) =>
          audit.append(tx, {
            actor: { id: isId(personId) ? personId : null, name: 'lantai' },
            archiveId: null,
            act: 'upload.infected',
            target: { type: 'upload', id },
            result: 'refused',
            detail: { fileName: name, finding },
          }),
        );
      },
    }
  );
}
