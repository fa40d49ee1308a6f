import { unescapeUnholdable, type XmlPlace, XmlTokenizer } from '#formats/xml';
import { Refusal } from '#kernel/errors';
import type { AltoLine, AltoPage } from './types.ts';

const damaged = (what: string, cause?: unknown) =>
  new Refusal('alto.damaged', `The ALTO document can not be read: ${what}.`, {}, { cause });

const TOLD = new Set(['fileName', 'processingDateTime', 'processingStepSettings', 'softwareName']);
const STATES = ['ready', 'poor', 'failed'] as const;
const ORIGINS = ['layer', 'ocr'] as const;

/**
 * Reads a page that `altoXml` wrote.
 *
 * @throws Refusal `alto.damaged`, also for ALTO that others wrote
 */
export function readAlto(bytes: Buffer): AltoPage {
  const told = new Map<string, string>();
  const pages: { filePage: number; width: number | null; height: number | null; share: number | null }[] = [];
  const lines: AltoLine[] = [];
  const plain: string[] = [];
  let block = '';
  let text = '';
  const refusals = { damaged, forbidden: (what: string) => damaged(`it ${what}`) };
  const number = (xml: XmlPlace, name: string): number | null => {
    const value = xml.attribute(name);
    if (value === undefined) return null;
    const n = Number(value);
    if (!Number.isFinite(n)) throw damaged(`${name} is no number`);
    return n;
  };
  const line = (xml: XmlPlace) => {
    const content = xml.attribute('CONTENT') ?? '';
    if (block === 'text') {
      plain.push(content);
      return;
    }
    const box = ['HPOS', 'VPOS', 'WIDTH', 'HEIGHT'].map((name) => number(xml, name) ?? 0);
    lines.push({
      text: content,
      confidence: percent(number(xml, 'WC') ?? 0),
      box: [box[0]!, box[1]!, box[2]!, box[3]!],
    });
  };
  const xml = new XmlTokenizer(
    {
      open(name, at) {
        at.wantsText = TOLD.has(name);
        text = '';
        if (name === 'Page')
          pages.push({
            filePage: number(at, 'PHYSICAL_IMG_NR') ?? 1,
            width: number(at, 'WIDTH'),
            height: number(at, 'HEIGHT'),
            share: number(at, 'PC'),
          });
        else if (name === 'TextBlock') block = at.attribute('ID') ?? '';
        else if (name === 'String') line(at);
      },
      text(piece) {
        text += piece;
      },
      close(name, at) {
        if (at.wantsText) told.set(name, text);
        at.wantsText = false;
      },
    },
    refusals,
  );
  xml.write(bytes);
  xml.end();
  const [page] = pages;
  if (!page) throw damaged('it has no page');
  const settings = settingsOf(told.get('processingStepSettings') ?? '');
  const take = settings.get('escaped') === 'yes' ? unescapeUnholdable : (s: string) => s;
  const readAt = new Date(told.get('processingDateTime') ?? '');
  if (Number.isNaN(readAt.getTime())) throw damaged('it does not say when the page was read');
  const located = lines.map((l) => ({ ...l, text: take(l.text) }));
  return {
    source: told.get('fileName') ?? '',
    filePage: page.filePage,
    state: oneOf(STATES, settings.get('state')),
    origin: oneOf(ORIGINS, settings.get('origin')),
    engine: take(told.get('softwareName') ?? ''),
    confidence: page.share === null ? null : percent(page.share),
    rotation: Number(settings.get('turned') ?? 0),
    width: page.width,
    height: page.height,
    text:
      settings.get('text') === 'none'
        ? ''
        : (plain.length > 0 ? plain.map(take) : located.map((l) => l.text)).join('\n'),
    lines: located,
    nameless: Number(settings.get('nameless') ?? 0),
    notDrawn: parsed(settings.get('not-drawn')),
    readAt,
  };
}

const percent = (share: number) => Number((share * 100).toFixed(6));

function settingsOf(text: string): Map<string, string> {
  return new Map(
    text.split('\n').map((line) => {
      const colon = line.indexOf(': ');
      return [line.slice(0, colon), line.slice(colon + 2)] as const;
    }),
  );
}

function oneOf<T extends string>(list: readonly T[], value: string | undefined): T {
  const found = list.find((x) => x === value);
  if (!found) throw damaged('it was not written by this reader’s writer');
  return found;
}

function parsed(json: string | undefined): unknown {
  if (json === undefined) return null;
  try {
    return JSON.parse(json);
  } catch (cause) {
    throw damaged('what was not drawn is not told in JSON', cause);
  }
}
