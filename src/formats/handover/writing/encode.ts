import { Refusal } from '#kernel/errors';
import { encodeGb18030, isGb2312 } from '#kernel/gb18030';

export type HandoverEncoding = 'utf-8' | 'utf-8-bom' | 'gb18030' | 'gb2312';

/** What the XML declaration says. */
export const encodingLabel = (encoding: HandoverEncoding): string =>
  ({ 'utf-8': 'UTF-8', 'utf-8-bom': 'UTF-8', gb18030: 'GB18030', gb2312: 'GB2312' })[encoding];

/**
 * Text in an encoding. @param isFirst it begins the file, where a byte order mark goes
 * @throws Refusal `handover.unwritable` where GB 2312 lacks a character
 */
export function encodeText(text: string, encoding: HandoverEncoding, isFirst: boolean): Buffer {
  if (encoding === 'gb2312' && !isGb2312(text)) {
    const lost = [...text].find((c) => !isGb2312(c)) ?? '';
    throw new Refusal('handover.unwritable', `GB 2312 has no “${lost}”. Choose GB 18030 or UTF-8.`, {
      character: lost,
    });
  }
  if (encoding === 'gb2312' || encoding === 'gb18030') return encodeGb18030(text);
  return Buffer.from(`${encoding === 'utf-8-bom' && isFirst ? '\uFEFF' : ''}${text}`, 'utf8');
}
