import { Value } from 'typebox/value';
import { Refusal } from '#kernel/errors';
import { MOST_ID, type SaidRecord, SaidSchema } from './message.ts';

const wrong = (at: string) =>
  new Refusal('intake.message.invalid', `What was sent is not of the form that was agreed: ${at}`, { at });

/** A message of the agreed form. @throws Refusal `intake.message.invalid` naming the first place that is not */
export function readSaid(value: unknown): SaidRecord {
  if (Value.Check(SaidSchema, value)) return value;
  const [first] = Value.Errors(SaidSchema, value);
  throw wrong(`${first?.instancePath || '/'} ${first?.message ?? ''}`.slice(0, 300));
}

/** Every text in a message can be kept as it is. @throws Refusal `intake.message.invalid` naming the first place that can not */
export function demandKeepable(value: unknown, at = ''): void {
  if (typeof value === 'string') {
    if (value.includes('\u0000') || !value.isWellFormed()) throw wrong(`${at || '/'} U+0000`.slice(0, 300));
  } else if (typeof value === 'object' && value !== null)
    for (const [key, inner] of Object.entries(value)) {
      demandKeepable(key, at);
      demandKeepable(inner, `${at}/${key}`);
    }
}

/** An id the sender knows a thing by: visible characters. @throws Refusal `intake.message.invalid` */
export function readSenderId(value: unknown): string {
  const id = typeof value === 'string' ? value.normalize('NFC') : '';
  if (id.trim() === '' || [...id].length > MOST_ID || /[\u0000-\u001f\u007f]/.test(id) || !id.isWellFormed())
    throw wrong(`/id 1–${MOST_ID}`);
  return id;
}
