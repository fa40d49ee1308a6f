import type { Language } from '#kernel/actor';
import { isRefusal } from '#kernel/errors';
import type { IntakeDeps } from '../deps.ts';
import { readSaid, readSenderId } from '../domain/readSaid.ts';
import type { SaidFinding } from '../domain/registration.ts';
import { sentence } from '../domain/say.ts';
import { type Answer, sendRecord } from './send.ts';
import type { Sender } from './sender.ts';

/** What became of one of many: an answer, or why not. */
export type OneOfMany =
  | Answer
  | { senderId: string | null; outcome: 'refused'; code: string; detail: string; findings: SaidFinding[] };

/** So many are on their way at once: one waits for the disk while another is written. */
const AT_ONCE = 4;

/** Takes records one by one, each by itself: what is wrong with one keeps no other back. */
export async function sendMany(
  deps: IntakeDeps,
  sender: Sender,
  records: readonly unknown[],
  language: Language,
): Promise<OneOfMany[]> {
  const answers: OneOfMany[] = [];
  // Those of one id in the order in which they stand.
  const lanes = lanesOf(records);
  const next = lanes[Symbol.iterator]();
  const worker = async () => {
    for (let lane = next.next(); !lane.done; lane = next.next())
      for (const i of lane.value) answers[i] = await sendOne(deps, sender, records[i], language);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return answers;
}

function lanesOf(records: readonly unknown[]): number[][] {
  const lanes = new Map<string, number[]>();
  for (const [i, record] of records.entries()) {
    const id = idOf(record) ?? `\n${i}`;
    const lane = lanes.get(id);
    if (lane) lane.push(i);
    else lanes.set(id, [i]);
  }
  return [...lanes.values()];
}

function idOf(record: unknown): string | null {
  const id = typeof record === 'object' && record !== null && 'id' in record ? record.id : null;
  return typeof id === 'string' ? id.normalize('NFC') : null;
}

async function sendOne(
  deps: IntakeDeps,
  sender: Sender,
  record: unknown,
  language: Language,
): Promise<OneOfMany> {
  try {
    const senderId = readSenderId(idOf(record));
    const { id: _id, ...rest } = record as Record<string, unknown>;
    return await sendRecord(deps, sender, { senderId, said: readSaid(rest), way: 'api', language });
  } catch (e) {
    if (!isRefusal(e)) throw e;
    const { findings } = e.detail;
    return {
      senderId: idOf(record)?.slice(0, 200) ?? null,
      outcome: 'refused',
      code: e.code,
      detail: sentence(e.code, e.message, e.detail, language),
      findings: Array.isArray(findings) ? findings : [],
    };
  }
}
