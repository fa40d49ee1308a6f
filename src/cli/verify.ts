import { readFile } from 'node:fs/promises';
import { type FileVerdict, verifyFile } from '#formats/certificate';
import { messageOf, Refusal } from '#kernel/errors';
import { defineCommand, EXIT } from './command.ts';
import { compareList, type ListVerdict, signedList } from './verify/fileList.ts';

const WORDS = {
  genuine: 'GENUINE',
  altered: 'ALTERED',
  revoked: 'REVOKED',
  expired: 'EXPIRED',
  unknown: 'UNKNOWN',
} as const;

interface Options {
  trust?: string[];
  revocations?: string;
  list?: string;
  files?: string;
}

export const command = defineCommand<Options>({
  describe(c) {
    c.argument('<file>', 'certified copy, receipt, register or checkpoint')
      .option('--trust <cert...>', 'certificates you trust (PEM), as the archive publishes them')
      .option('--revocations <file>', 'the archive’s list of copies it took back')
      .option('--list <file>', 'of a receipt or register: the list of files (JSONL) whose digest was signed')
      .option('--files <folder>', 'with --list: the files themselves, by their paths in the list');
  },
  /**
   * Off-line. JSON: `{verdict, signer, revocation, number?, signedAt?, reasons, list?}`. Exit 0 for genuine under a trusted
   * certificate alone, and with --list only where list and files are what was signed; a certificate that only the file brings
   * along is never trust.
   */
  async run(ctx, [file = ''], options) {
    const trust = await Promise.all(
      (options.trust ?? []).map((path) => read(path).then((b) => b.toString('utf8'))),
    );
    const revocations = options.revocations ? await read(options.revocations) : undefined;
    const found = await verifyFile(file, { trust, revocations, now: ctx.clock.now() });
    const { verdict, signer, revocation, number, signedAt, revoked, reasons } = found;
    const list = await comparedList(found.payload, options);
    ctx.out.document({
      verdict,
      signer,
      revocation,
      number: number ?? null,
      signedAt: signedAt ?? null,
      revoked: revoked ?? null,
      reasons,
      ...(list ? { list } : {}),
    });
    ctx.out.line(WORDS[verdict]);
    if (number) ctx.out.line(`Number: ${number}`);
    if (signer)
      ctx.out.line(
        `Signed by: ${signer.archiveName} (${signer.archiveCode})${signedAt ? `, ${signedAt}` : ''}`,
      );
    ctx.out.line(`Revocation list: ${revocation}`);
    for (const r of reasons) ctx.out.line(`- ${r.message}`);
    if (list) {
      ctx.out.line(
        list.matches
          ? `List of files: what was signed, ${list.files} files${options.files ? ', all there and the same' : ''}`
          : list.differ > 0
            ? `List of files: what was signed, but ${list.differ} of ${list.files} files are missing or others`
            : 'List of files: not the one that was signed',
      );
      for (const path of list.differing.slice(0, SHOWN)) ctx.out.line(`- ${path}`);
    }
    return verdict === 'genuine' && list?.matches !== false ? EXIT.done : EXIT.rejected;
  },
});

/** Names shown on screen; JSON has more. */
const SHOWN = 20;

async function comparedList(
  payload: FileVerdict['payload'],
  { list, files }: Options,
): Promise<ListVerdict | undefined> {
  if (list === undefined) {
    if (files !== undefined)
      throw new Refusal('verify.noList', 'Files are compared with a list: name it with --list.');
    return undefined;
  }
  const digest = signedList(payload);
  if (digest === undefined)
    throw new Refusal(
      'verify.noList',
      'This is no receipt or register of a handover: it signs no list of files.',
    );
  return compareList(list, digest, files);
}

async function read(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (cause) {
    throw new Refusal('verify.unreadable', `${path} can not be read: ${messageOf(cause)}.`, {}, { cause });
  }
}
