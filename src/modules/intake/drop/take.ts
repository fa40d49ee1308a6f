import { basename, join } from 'node:path';
import { bearsSecretMark } from '#kernel/classification';
import { isRefusal, Refusal } from '#kernel/errors';
import type { SendPackage } from '../commands/packages.ts';
import { isClassified, noteRefused } from '../commands/refused.ts';
import type { SendRecord } from '../commands/send.ts';
import { demandAdmitted, inItsName, type Sender } from '../commands/sender.ts';
import type { IntakeDeps } from '../deps.ts';
import { sentence } from '../domain/say.ts';
import type { DropEntry, DropOutcome, Receipt } from '../store/drop.ts';
import type { SenderSystem } from '../store/systems.ts';
import { type Brought, bringFiles } from './bring.ts';
import { type Dropped, describe, withUploads } from './describe.ts';
import { type DropFile, walk } from './walk.ts';

/** How records and packages are sent in this process. */
export interface Sending {
  sendRecord: SendRecord;
  sendPackage: SendPackage;
}

export interface Taken {
  outcome: DropOutcome;
  code: string | null;
  receipt: Receipt;
}

/**
 * Sends what an entry holds, in the name of its system. Begun anew after a kill it comes to the same: files are brought in under the
 * same names, and what was sent is known by its sender's id.
 *
 * @param at where the entry lies, moved aside
 */
export async function takeEntry(
  deps: IntakeDeps,
  { sendRecord, sendPackage }: Sending,
  system: SenderSystem,
  entry: DropEntry,
  at: string,
  alive: () => Promise<void>,
): Promise<Taken> {
  const sender: Sender = { system, actor: inItsName(system) };
  let brought: readonly Brought[] = [];
  let what: Dropped | undefined;
  let used: ReadonlySet<string> = new Set();
  let isAsked = false;
  const about = () => ({
    entry: entry.id,
    name: entry.name,
    id: what?.id ?? null,
    kind: what?.kind ?? null,
    at: deps.clock.now().toISOString(),
  });
  try {
    demandAdmitted(system, deps.today());
    const files = await walk(at);
    const bring = async (
      some: readonly DropFile[],
      from: string,
      { name = entry.name, folder = null }: { name?: string; folder?: string | null } = {},
    ) => {
      const of = { entryId: entry.id, systemId: system.id, at: from, name, folder };
      brought = await bringFiles(deps, of, some, alive);
    };
    const marked = [entry.name, ...files.map((f) => f.path)].some(bearsSecretMark);
    if (marked) {
      await bring(files, at);
      await setApart(deps, sender, entry.name, brought);
    }
    what = await describe(at, entry.name, files);
    demandSends(system, what);
    const content = files.filter((f) => !['record.json', 'record.xml'].includes(f.path));
    if (what.kind === 'record') {
      const isFile = files[0]?.path === '';
      if (!isFile) await bring(content, at);
      const { said } = withUploads(what.said, new Map(brought.map((b) => [b.path, b.upload])));
      const order = { senderId: what.id, said, way: 'drop', language: 'zh-CN' } as const;
      isAsked = true;
      const { outcome, recordId, findings } = await sendRecord(sender, order);
      return { outcome, code: null, receipt: { ...about(), outcome, recordId, findings } };
    }
    const { root, id: senderId, title, content: words, fonds } = what;
    const below = root === '' ? files : inRoot(files, root);
    const from = root === '' ? at : join(at, root);
    const name = root === '' ? entry.name : basename(from);
    await bring(below, from, { name, folder: below[0]?.path === '' ? null : name });
    const uploads = brought.map((b) => ({ id: b.upload }));
    const order = {
      senderId,
      title,
      content: words,
      fonds,
      uploads,
      way: 'drop',
      language: 'zh-CN',
    } as const;
    isAsked = true;
    const { outcome, batchId } = await sendPackage(sender, order);
    used = new Set((await deps.transfers.one(sender.actor, batchId)).uploads);
    return { outcome, code: null, receipt: { ...about(), outcome, batchId } };
  } catch (e) {
    if (!isRefusal(e)) throw e;
    // What sending refused it has noted; what was refused before is noted here.
    if (!isAsked)
      await noteRefused(
        deps,
        sender,
        {
          senderId: what?.id ?? entry.name,
          kind: what?.kind ?? 'package',
          title: null,
          way: 'drop',
          language: 'zh-CN',
        },
        e,
      );
    return refused(e, about(), entry);
  } finally {
    for (const { upload } of brought) if (!used.has(upload)) await deps.staging.remove(upload);
  }
}

function inRoot(files: readonly DropFile[], root: string): DropFile[] {
  return files.flatMap((f) => {
    if (f.path === root) return [{ ...f, path: '' }];
    return f.path.startsWith(`${root}/`) ? [{ ...f, path: f.path.slice(root.length + 1) }] : [];
  });
}

function demandSends({ settings }: SenderSystem, { kind }: Dropped): void {
  const sends = kind === 'record' ? 'records' : 'packages';
  if (!settings.sends.includes(sends))
    throw new Refusal('intake.notSent.forbidden', 'This system may not send this kind of thing.', { sends });
}

/** An entry whose names bear a classification goes whole to who deals with such. @throws Refusal record.secret */
async function setApart(
  deps: IntakeDeps,
  { system, actor }: Sender,
  name: string,
  brought: readonly Brought[],
): Promise<void> {
  const files: { path: string; name: string }[] = [];
  for (const { upload, path } of brought) {
    const staged = await deps.staging.arrived(upload, system.id);
    files.push({ path: staged.path, name: path === '' ? name : path });
  }
  await deps.filing.demandUnclassified(actor, system, {
    system: system.settings.name,
    senderKey: name,
    inputs: [],
    words: files.map((f) => f.name),
    files: (use) => use(files),
  });
}

function refused(e: Refusal, about: Omit<Receipt, 'outcome'>, entry: DropEntry): Taken {
  const language = 'zh-CN';
  if (isClassified(e.code)) {
    // Nothing of it is named where its sender's machine can read it.
    const detail = sentence('intake.setAside', '', { id: entry.id }, language);
    const receipt: Receipt = {
      ...about,
      name: null,
      id: null,
      outcome: 'setAside',
      code: 'intake.setAside',
      detail,
    };
    return { outcome: 'setAside', code: 'intake.setAside', receipt };
  }
  const { findings } = e.detail;
  return {
    outcome: 'refused',
    code: e.code,
    receipt: {
      ...about,
      outcome: 'refused',
      code: e.code,
      detail: sentence(e.code, e.message, e.detail, language),
      findings: Array.isArray(findings) ? findings : [],
    },
  };
}
