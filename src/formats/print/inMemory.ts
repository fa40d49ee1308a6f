import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { Language } from '#kernel/wording';
import type { FormContext } from './context.ts';
import type { PrintSettings } from './settings.ts';
import { Sheet, type SheetProperties } from './sheet.ts';

/** A short paper as bytes: one that is made and answered with at once. */
export async function inMemory(
  o: SheetProperties & { language: Language },
  settings: PrintSettings,
  running: Readonly<Record<string, string>>,
  draw: (c: FormContext) => Promise<unknown>,
): Promise<Buffer> {
  const out = new PassThrough();
  const bytes = buffer(out);
  // What goes wrong is thrown by the drawing; the bytes are then nobody's.
  bytes.catch(() => {});
  const sheet = new Sheet(out, o);
  try {
    await draw({ sheet, settings, language: o.language, running, told: { shortened: 0, unbarred: 0 } });
    await sheet.finish();
  } catch (e) {
    out.destroy();
    throw e;
  }
  return bytes;
}
