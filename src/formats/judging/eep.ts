import { basename } from 'node:path';
import { type EepReport, fileSource, isEep, recogniseEep, validateEep, validateEeps } from '#formats/eep';
import type { PackageKind } from './kind.ts';

const count = (n: number, one: string) => `${n} ${one}${n === 1 ? '' : 's'}`;

/** A single file, or a tree with EEPs in it. */
export const eep: PackageKind = {
  async recognise(place) {
    if (!place.isFolder && (await isEep(fileSource(place.path)))) return true;
    return recogniseEep(await place.tree());
  },
  async judge(place) {
    const options = place.trust ? { trust: place.trust } : {};
    const isFile =
      !place.isFolder && (/\.(?:xml|eep)$/i.test(place.path) || (await isEep(fileSource(place.path))));
    if (isFile) {
      const report = await validateEep(fileSource(place.path), options);
      return { findings: report.findings, what: `EEP ${basename(place.path)}, ${said(report)}` };
    }
    const { findings, packages } = await validateEeps(await place.tree(), options);
    return { findings, what: count(packages, 'EEP') };
  },
};

function said({ layers, documents, signatures }: EepReport): string {
  const signed = signatures.filter((s) => s.kind === 'signature');
  const genuine = signed.filter((s) => s.verdict === 'genuine').length;
  const by =
    signed.length === 0 ? 'not signed' : `${genuine} of ${count(signed.length, 'signature')} genuine`;
  return `${count(layers, 'layer')}, ${count(documents, 'document')}, ${by}`;
}
