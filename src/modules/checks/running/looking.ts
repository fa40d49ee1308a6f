import { type Inside, lookInside } from '#formats/inside';
import { messageOf } from '#kernel/errors';
import { ThreadFailure } from '#kernel/threads';
import type { Look } from '../looking/protocol.ts';
import type { CheckServices, LookedFile } from '../rules/rule.ts';
import type { Ready, Readying } from './files.ts';
import { textOf } from './text.ts';

/** What is wanted of one file beside the common look, by the samples it is of. */
export interface Deeper {
  readonly inside: boolean;
  readonly signatures: boolean;
  readonly text: boolean;
  readonly scan: boolean;
}

/** Puts together what was seen of a file: the common look, and what only some files are asked. */
export async function lookDeeper(
  ready: Ready,
  look: Look | null,
  wanted: Deeper,
  o: { services: CheckServices; readying: Readying; signal: AbortSignal | undefined },
): Promise<LookedFile> {
  const { file } = ready;
  const { services, signal } = o;
  const trouble = ready.trouble ?? look?.error ?? null;
  const isRead = trouble === null && file.bytes !== null;
  const deep = wanted.inside || (wanted.signatures && look?.structure?.signed === true);
  const isWanted = deep || wanted.text || (wanted.scan && services.scanner !== undefined);
  const path = isWanted && isRead ? await o.readying.pathOf(ready) : undefined;
  const scanned = wanted.scan && path !== undefined ? await scan(path, services) : null;
  const inside = deep && path !== undefined ? await insideOf(path, services, signal) : null;
  const text = wanted.text && path !== undefined ? await textOf(path, look?.matches ?? [], signal) : null;
  return {
    file,
    size: look && look.error === null ? look.size : null,
    digests: look && look.error === null ? look.digests : null,
    matches: look?.matches ?? null,
    structure: look?.structure ?? null,
    inside,
    malware: scanned && 'malware' in scanned ? scanned.malware : undefined,
    notScanned: scanned && 'why' in scanned ? scanned.why : null,
    text,
    trouble,
  };
}

async function scan(
  path: string,
  { scanner }: CheckServices,
): Promise<{ malware: string | null } | { why: string } | null> {
  if (!scanner) return null;
  try {
    return { malware: (await scanner.scan(path)) ?? null };
  } catch (e) {
    return { why: messageOf(e) };
  }
}

/** What can not be looked into is told by the rules that wanted it, not thrown. */
async function insideOf(
  path: string,
  { trust }: CheckServices,
  signal: AbortSignal | undefined,
): Promise<Inside | null> {
  try {
    return await lookInside(path, { signal, ...(trust ? { trust } : {}) });
  } catch (e) {
    if (signal?.aborted) throw e;
    if (e instanceof ThreadFailure || (e instanceof Error && ('code' in e || 'syscall' in e))) return null;
    throw e;
  }
}
