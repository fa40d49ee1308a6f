import { judge } from '#formats/judging';
import { createDigestPool } from '#kernel/checksums';

/**
 * A process that judges one package after another and may write nowhere but in the folder it is given: the runtime's own
 * permissions see to that, so a write elsewhere is a fault that is told.
 */
const scratch = process.argv[2] ?? '';
const pool = createDigestPool(1);

process.on('message', async ({ path, kind }: { path: string; kind?: 'bag' }) => {
  const answer = await judge(path, pool, {
    ...(kind ? { kind } : {}),
    scratch,
    limits: { entries: 20_000, entryBytes: 2e8, totalBytes: 4e8 },
  }).then(
    (judged) => ({ kind: judged.kind, valid: judged.valid, findings: judged.findings.length }),
    (e: unknown) => ({ fault: e instanceof Error ? (e.stack ?? e.message) : String(e) }),
  );
  process.send?.({ ...answer, rss: process.memoryUsage.rss() });
});
process.on('disconnect', () => process.exit());
