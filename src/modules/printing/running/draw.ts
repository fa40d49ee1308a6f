import type { Writable } from 'node:stream';
import { EnoughPages, type FormTold, type MissingCharacter, Sheet } from '#formats/print';
import type { Actor } from '#kernel/actor';
import { dayIn } from '#kernel/calendar';
import type { Viewer } from '#kernel/visibility';
import { type Language, t } from '#kernel/wording';
import type { Wanted } from '../commands/order.ts';
import type { PrintingDeps } from '../deps.ts';
import { PAGE_WORDS, SIGHT_FOR } from '../domain/forms.ts';
import { DRAW } from '../forms/draw.ts';
import type { Printing } from '../forms/print.ts';
import { createSource, type Source } from '../reading/source.ts';

export interface Run {
  actor: Actor;
  /** Who looked when it was asked for. */
  viewer: Viewer;
  wanted: Wanted;
  signal?: AbortSignal | undefined;
  done(entries: number): void;
}

/** What a form is drawn from: the entries, and the words around them. */
export async function printingOf(deps: PrintingDeps, run: Run): Promise<Printing> {
  const { archiveId, choice, language, settings } = run.wanted;
  const today = dayIn(deps.clock.now(), deps.timeZone);
  const archive = (await deps.holdings.archives()).find((a) => a.id === archiveId);
  const source: Source = createSource({
    holdings: deps.holdings,
    fondsFiles: deps.fondsFiles,
    actor: run.actor,
    viewer: run.viewer,
    sight: SIGHT_FOR[run.wanted.format],
    archiveId,
    choice,
    today,
    signal: run.signal,
  });
  return {
    source,
    settings: withPageWords(settings, language),
    language,
    archiveName: (language === 'zh-TW' ? archive?.nameHant : undefined) ?? archive?.name ?? '',
    today: today.replaceAll('-', ''),
    addressOf: (id) => `${deps.publicUrl}/console/units/${id}`,
    done: run.done,
  };
}

/** `{page}` alone is said in the form's words. */
function withPageWords(settings: Wanted['settings'], language: Language): Wanted['settings'] {
  const words = t(language, 'printForm.page', { page: '{page}', pages: '{pages}' });
  const said = ({ left, center, right }: typeof settings.footer) => {
    const one = (text: string) => (text.trim() === PAGE_WORDS ? words : text);
    return { left: one(left), center: one(center), right: one(right) };
  };
  return Object.assign({}, settings, { header: said(settings.header), footer: said(settings.footer) });
}

export interface Drawn extends FormTold {
  pages: number;
  bytes: number;
  missing: MissingCharacter[];
}

/**
 * Draws a form as a PDF.
 *
 * @throws Refusal printing.nothing, printing.oneFonds, printing.tooManyBoxes; the signal's reason
 */
export async function drawPdf(
  p: Printing,
  { wanted, signal }: Pick<Run, 'wanted' | 'signal'>,
  o: { out: Writable; author: string; at: Date; mostPages?: number; sheet?: (sheet: Sheet) => void },
): Promise<Drawn> {
  const sheet = new Sheet(o.out, {
    title: wanted.name,
    author: o.author,
    language: wanted.language,
    at: o.at,
    signal,
    mostPages: o.mostPages,
  });
  o.sheet?.(sheet);
  const told = { shortened: 0, unbarred: 0 };
  const running: Record<string, string> = { archive: p.archiveName, date: p.today };
  const c = {
    sheet,
    settings: p.settings,
    language: p.language,
    running,
    told,
  };
  try {
    await DRAW[wanted.form](
      Object.assign({}, p, {
        c,
        running: (names: Readonly<Record<string, string>>) => void Object.assign(running, names),
      }),
    );
  } catch (e) {
    if (!(e instanceof EnoughPages)) throw e;
  }
  const { pages, bytes } = await sheet.finish();
  return Object.assign({ pages, bytes, missing: sheet.missing }, told);
}
