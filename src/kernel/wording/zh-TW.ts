import type { MessageKey } from './zh-CN.ts';
import { errors } from './zh-TW/errors.ts';
import { fields } from './zh-TW/fields.ts';
import { portal } from './zh-TW/portal.ts';
import { verify } from './zh-TW/verify.ts';
import { words } from './zh-TW/words.ts';

export const zhTW: Readonly<Record<MessageKey, string>> = {
  ...words,
  ...fields,
  ...errors,
  ...portal,
  ...verify,
};
