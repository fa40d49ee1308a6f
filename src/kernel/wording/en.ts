import { errors } from './en/errors.ts';
import { fields } from './en/fields.ts';
import { portal } from './en/portal.ts';
import { verify } from './en/verify.ts';
import { words } from './en/words.ts';
import type { MessageKey } from './zh-CN.ts';

export const en: Readonly<Record<MessageKey, string>> = {
  ...words,
  ...fields,
  ...errors,
  ...portal,
  ...verify,
};
