import { errors } from './zh-CN/errors.ts';
import { fields } from './zh-CN/fields.ts';
import { portal } from './zh-CN/portal.ts';
import { verify } from './zh-CN/verify.ts';
import { words } from './zh-CN/words.ts';

/** The source catalogue: its keys are the keys of all. Each area is a file of the same name in every language. */
export const zhCN = { ...words, ...fields, ...errors, ...portal, ...verify } as const;

export type MessageKey = keyof typeof zhCN;
