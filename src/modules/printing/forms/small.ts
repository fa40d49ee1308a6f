import { drawStamps, drawUnitLabels, type StampInput, type UnitLabelInput } from '#formats/print';
import type { UnitRecord } from '#modules/holdings';
import { numberOf, retentionOnForm } from '../domain/values.ts';
import { type Drawing, nothing } from './print.ts';

/** Filing stamps of the chosen documents. @throws Refusal printing.nothing */
export async function drawFilingStamps(d: Drawing): Promise<void> {
  await drawStamps(d.c, stamps(d));
}

async function* stamps(d: Drawing): AsyncGenerator<StampInput> {
  let any = false;
  for await (const batch of d.source.chosen(['item'])) {
    any = true;
    for (const unit of batch) yield await stampOf(d, unit);
    d.done(batch.length);
  }
  if (!any) throw nothing();
}

async function stampOf(d: Drawing, u: UnitRecord): Promise<StampInput> {
  const { c } = d;
  const ready = (text: string) => c.sheet.ready(text);
  c.sheet.about = u.referenceCode ?? u.title;
  const fonds = await d.source.fonds(u.fondsId);
  return {
    fondsNo: ready(fonds.number),
    year: u.year === null ? '' : String(u.year),
    itemNo: ready(numberOf(u)),
    dept: ready(u.description.dept ?? ''),
    retention: ready(retentionOnForm(d.language, u.retention)),
    pages: u.pages === null ? '' : String(u.pages),
    whose: ready([u.referenceCode, u.title].filter(Boolean).join(' ')),
  };
}

/** Labels of whatever is chosen, of any level. @throws Refusal printing.nothing */
export async function drawLabels(d: Drawing): Promise<void> {
  await drawUnitLabels(d.c, labels(d));
}

async function* labels(d: Drawing): AsyncGenerator<UnitLabelInput> {
  let any = false;
  const ready = (text: string) => d.c.sheet.ready(text);
  for await (const batch of labelled(d)) {
    any = true;
    for (const u of batch) {
      d.c.sheet.about = u.referenceCode ?? u.title;
      const facts = [retentionOnForm(d.language, u.retention), u.description.boxNo ?? ''].filter(Boolean);
      yield {
        code: ready(u.referenceCode ?? ''),
        qr: d.addressOf(u.id),
        title: ready(u.title),
        archive: ready(d.archiveName),
        facts: ready(facts.join('　')),
      };
    }
    d.done(batch.length);
  }
  if (!any) throw nothing();
}

/** An entry that is chosen by itself has a label of its own; of a fonds and a table, all. */
export function labelled({ source }: Pick<Drawing, 'source'>): AsyncGenerator<UnitRecord[]> {
  return source.chosen(['series', 'file', 'item']);
}
