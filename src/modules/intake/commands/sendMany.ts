import type { Language } from '#kernel/actor';
import { isRefusal } from '#kernel/errors';
import { readSaid, readSenderId } from '../domain/readSaid.ts';
import type { SaidFinding } from '../domain/registration.ts';
import { sentence } from '../domain/say.ts';
import type { Answer, SendRecord } from './send.ts';
import type { Sender } from './sender.ts';

/** What became of one of many: an answer, or why not. */
export type OneOfMany =
  | Answer
  | { senderId: string | null; outcome: 'refused'; code: string; detail: string; findings: SaidFinding[] };

/** So many are on their way at once, and are written together where they are ready together. */
const AT_ONCE = 100;

/** Takes records one by one, each by itself: what is wrong with one keeps no other back. */
export async function sendMany(
  send: SendRecord,
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
      for (const i of lane.value) answers[i] = await sendOne(send, sender, records[i], language);
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
  send: SendRecord,
  sender: Sender,
  record: unknown,
  language: Language,
): Promise<OneOfMany> {
  try {
    const senderId = readSenderId(idOf(record));
    const { id: _id, ...rest } = record as Record<string, unknown>;
    return await send(sender, { senderId, said: readSaid(rest), way: 'api', language });
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
