import { readFile } from 'node:fs/promises';
import { verifyFile } from '#formats/certificate';
import { messageOf, Refusal } from '#kernel/errors';
import { defineCommand, EXIT } from './command.ts';

const WORDS = {
  genuine: 'GENUINE',
  altered: 'ALTERED',
  revoked: 'REVOKED',
  expired: 'EXPIRED',
  unknown: 'UNKNOWN',
} as const;

export const command = defineCommand<{ trust?: string[]; revocations?: string }>({
  describe(c) {
    c.argument('<file>', 'certified copy, receipt, register or checkpoint')
      .option('--trust <cert...>', 'certificates you trust (PEM), as the archive publishes them')
      .option('--revocations <file>', 'the archive’s list of copies it took back');
  },
  /**
   * Off-line. JSON: `{verdict, signer, revocation, number?, signedAt?, reasons}`. Exit 0 for genuine under a trusted
   * certificate alone; one that only the file brings along is never trust.
   */
  async run(ctx, [file = ''], options) {
    const trust = await Promise.all(
      (options.trust ?? []).map((path) => read(path).then((b) => b.toString('utf8'))),
    );
    const revocations = options.revocations ? await read(options.revocations) : undefined;
    const found = await verifyFile(file, { trust, revocations, now: ctx.clock.now() });
    const { verdict, signer, revocation, number, signedAt, revoked, reasons } = found;
    ctx.out.document({
      verdict,
      signer,
      revocation,
      number: number ?? null,
      signedAt: signedAt ?? null,
      revoked: revoked ?? null,
      reasons,
    });
    ctx.out.line(WORDS[verdict]);
    if (number) ctx.out.line(`Number: ${number}`);
    if (signer)
      ctx.out.line(
        `Signed by: ${signer.archiveName} (${signer.archiveCode})${signedAt ? `, ${signedAt}` : ''}`,
      );
    ctx.out.line(`Revocation list: ${revocation}`);
    for (const r of reasons) ctx.out.line(`- ${r.message}`);
    return verdict === 'genuine' ? EXIT.done : EXIT.rejected;
  },
});

async function read(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (cause) {
    throw new Refusal('verify.unreadable', `${path} can not be read: ${messageOf(cause)}.`, {}, { cause });
  }
}
