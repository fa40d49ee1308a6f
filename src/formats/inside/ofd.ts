import { openOfd } from '#formats/ofd';
import { Refusal } from '#kernel/errors';
import { signedEntries } from './signatures/entries.ts';
import { ofdSignatures } from './signatures/ofd.ts';
import type { Inside } from './types.ts';

export async function lookInsideOfd(
  path: string,
  trust: readonly string[],
  signal?: AbortSignal,
): Promise<Inside> {
  try {
    const ofd = await openOfd(path, signal);
    try {
      return {
        kind: 'ofd',
        pages: ofd.pageCount,
        ofd: { version: ofd.version },
        claims: { ...ofd.info },
        attachments: ofd.attachments.map(({ name, size, format }) => ({ name, bytes: size, type: format })),
        signatures: [...(await ofdSignatures(ofd, trust)), ...(await signedEntries(ofd, trust))],
        notPerformed: [],
      };
    } finally {
      await ofd.close();
    }
  } catch (e) {
    if (!(e instanceof Refusal)) throw e;
    return { kind: 'ofd', notPerformed: [e.message] };
  }
}
