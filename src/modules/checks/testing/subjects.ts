import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MetadataRecord } from '#formats/metadata-schemes';
import { codeOf, shippedScheme } from '../domain/defaults.ts';
import { type Scheme, STAGES } from '../domain/scheme.ts';
import type { CheckFile, CheckSubject, CheckUnit } from '../domain/subject.ts';
import type { CheckServices } from '../rules/rule.ts';
import { SLUGS } from '../rules/slugs.ts';

/** A small PDF of one page with these words on it. */
export function smallPdf(words: string): Buffer {
  const stream = `BT /F1 12 Tf 72 700 Td (${words}) Tj ET`;
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${stream.length} >>\nstream\n${stream}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ];
  let text = '%PDF-1.4\n';
  const at = objects.map((o, i) => {
    const here = text.length;
    text += `${i + 1} 0 obj\n${o}\nendobj\n`;
    return here;
  });
  const xref = text.length;
  text += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n`;
  text += at.map((n) => `${String(n).padStart(10, '0')} 00000 n \n`).join('');
  text += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${xref}\n%%EOF\n`;
  return Buffer.from(text, 'latin1');
}

export const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

export interface TestFile {
  name: string;
  content: Buffer;
  said?: CheckFile['said'];
  /** Spoken of, and not there. */
  isMissing?: boolean;
}

export interface TestUnit {
  metadata: MetadataRecord;
  files: TestFile[];
  level?: CheckUnit['level'];
  events?: CheckUnit['events'];
  declaredFiles?: number | null;
  expectsFiles?: boolean;
  /** Otherwise its files lie in a folder. */
  streamed?: boolean;
}

/** A record nothing is wrong with. */
export function goodUnit(n: number): TestUnit {
  const title = `Notice on river works number ${n}`;
  const text = Buffer.from(`${title}\nThe works begin in spring.\n`);
  const map = Buffer.from(`Map of the river, sheet ${n}\n`);
  return {
    metadata: {
      referenceCode: `Z109-WS·2011·Y·办公室-${String(n).padStart(4, '0')}`,
      title,
      creator: '水务局',
      docNo: `水发〔2011〕${n}号`,
      date: '20110305',
      year: 2011,
      retention: 'Y',
      category: 'WS',
      fondsNo: 'Z109',
      classification: '公开',
      accessStatus: '开放',
      annex: 'Map of the river',
    },
    files: [
      {
        name: `${n}.txt`,
        content: text,
        said: {
          name: `${n}.txt`,
          bytes: text.length,
          digests: [{ algorithm: 'SHA-256', digest: sha256(text) }],
        },
      },
      {
        name: `${n}-map.txt`,
        content: map,
        said: { name: `${n}-map.txt`, bytes: map.length, format: 'text/plain' },
      },
    ],
    events: ['归档', '移交'].map((act) => ({ act, at: '2012-06-01T09:00:00+08:00', agent: '林一' })),
    declaredFiles: 2,
  };
}

/** A subject of these units, nothing of which is wrong unless `over` makes it so. Its files lie in the folder. */
export function subjectOf(
  folder: string,
  units: readonly TestUnit[],
  over: Partial<CheckSubject> = {},
): CheckSubject {
  const bytes = units
    .flatMap((u) => u.files)
    .reduce((sum, f) => sum + (f.isMissing ? 0 : f.content.length), 0);
  return {
    kind: 'package',
    title: 'A batch',
    carrier: 'online',
    declared: [{ items: units.length, bytes, source: '登记表' }],
    package: { kind: 'handover', findings: [] },
    transmission: [{ name: 'batch.zip', algorithm: 'sm3', before: 'ab12', after: 'AB12' }],
    total: units.length,
    inScope: () => 'within',
    async *units() {
      for (const [i, unit] of units.entries()) yield unitOf(folder, unit, i);
    },
    ...over,
  };
}

function unitOf(folder: string, unit: TestUnit, i: number): CheckUnit {
  return {
    key: `unit ${i}`,
    level: unit.level ?? 'item',
    category: 'WS',
    metadata: unit.metadata,
    events: unit.events ?? null,
    declaredFiles: unit.declaredFiles ?? null,
    expectsFiles: unit.expectsFiles ?? true,
    async *files() {
      for (const file of unit.files) yield fileOf(folder, unit, file, i);
    },
  };
}

function fileOf(folder: string, { streamed }: TestUnit, file: TestFile, i: number): CheckFile {
  const { name, content, said = {} } = file;
  const about = { name, path: `${i}/${name}`, said };
  if (file.isMissing) return { ...about, bytes: null };
  const { length } = content;
  if (streamed) {
    const open = async () =>
      (async function* () {
        yield content;
      })();
    return { ...about, bytes: length, source: { open } };
  }
  const path = join(folder, `${i}-${name}`);
  writeFileSync(path, content);
  return { ...about, bytes: length, source: { path } };
}

/** A house with everything a rule may ask for. */
export const goodServices: CheckServices = {
  scanner: {
    scan: async () => undefined,
    about: async () => ({ version: 'ClamAV 1.4.1/27000', learntAt: new Date('2024-04-30T00:00:00Z') }),
  },
  lastDrill: async () => ({ at: new Date('2024-03-01T00:00:00Z'), passed: true, objects: 20 }),
};

/** A scheme that has every item there is, all of them blocking and looked at in full. */
export function everything(stage: Scheme['stage'] = 'YJ'): Scheme {
  const known = STAGES.flatMap((s) => shippedScheme(s).items);
  const items = SLUGS.map((slug) => {
    const item = known.find((i) => i.slug === slug);
    const parameters = item?.parameters ?? {};
    return {
      slug,
      code: codeOf(slug, stage),
      severity: 'block' as const,
      must: false,
      sample: 100,
      parameters,
    };
  });
  return { stage, category: null, profile: null, items };
}
