/** Builds small PDF files for tests, byte by byte, sound as PDF/A unless told otherwise. */

export interface PdfRecipe {
  part?: 1 | 2 | 3 | 4;
  level?: string;
  header?: string;
  /** Entries added to (or, by the same key, put in place of) those of a dictionary. */
  catalogue?: string;
  page?: string;
  resources?: string;
  content?: string;
  trailer?: string;
  info?: string;
  /** Further objects from number 10 on: dictionary and, for streams, data. */
  objects?: readonly string[];
  /** RDF descriptions besides the claim; the claim itself. */
  xmp?: string;
  claim?: string;
  /** Goes over the finished text of an object. */
  rewrite?: (object: string, number: number) => string;
  intent?: boolean;
  icc?: Partial<{ version: number; deviceClass: string; space: string }>;
  after?: string;
  xrefHead?: string;
}

const BINARY = '%\xe2\xe3\xcf\xd3\n';

/** A stream object; its length is right. */
export const streamOf = (dict: string, data: string): string =>
  `<< ${dict} /Length ${data.length} >>\nstream\n${data}\nendstream`;

export function iccProfile({
  version = 2,
  deviceClass = 'mntr',
  space = 'RGB ',
}: NonNullable<PdfRecipe['icc']> = {}): string {
  const profile = Buffer.alloc(132);
  profile.writeUInt32BE(132, 0);
  profile[8] = version;
  profile.write(deviceClass + space, 12, 'latin1');
  profile.write('acsp', 36, 'latin1');
  return profile.toString('latin1');
}

export function packet(
  claim: string,
  more = '',
  head = "begin='\xef\xbb\xbf' id='W5M0MpCehiHzreSzNTczkc9d'",
): string {
  return `<?xpacket ${head}?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" ${claim}/>${more}
</rdf:RDF></x:xmpmeta><?xpacket end='w'?>`;
}

export function claimOf(part: number, level: string): string {
  const conformance = level === '' ? '' : ` pdfaid:conformance="${level.toUpperCase()}"`;
  return `pdfaid:part="${part}"${conformance}${part === 4 ? ' pdfaid:rev="2020"' : ''}`;
}

/** One page with a grey square, an output intent and metadata. */
export function buildPdf(recipe: PdfRecipe = {}): Buffer {
  const {
    part = 2,
    level = part === 4 ? '' : 'b',
    content = '0.5 g 10 10 50 50 re f',
    intent = true,
  } = recipe;
  const objects = new Map<number, string>([
    [
      1,
      dictionary(
        {
          Type: '/Catalog',
          Pages: '2 0 R',
          Metadata: '5 0 R',
          ...(intent ? { OutputIntents: '[6 0 R]' } : {}),
        },
        recipe.catalogue,
      ),
    ],
    [2, '<< /Type /Pages /Kids [3 0 R] /Count 1 >>'],
    [
      3,
      dictionary(
        {
          Type: '/Page',
          Parent: '2 0 R',
          MediaBox: '[0 0 200 200]',
          Contents: '4 0 R',
          Resources: `<< ${recipe.resources ?? ''} >>`,
        },
        recipe.page,
      ),
    ],
    [4, streamOf('', content)],
    [5, streamOf('/Type /Metadata /Subtype /XML', packet(recipe.claim ?? claimOf(part, level), recipe.xmp))],
    [6, '<< /Type /OutputIntent /S /GTS_PDFA1 /OutputConditionIdentifier (sRGB) /DestOutputProfile 7 0 R >>'],
    [7, streamOf('/N 3', iccProfile(recipe.icc))],
    ...(recipe.info === undefined ? [] : [[8, `<< ${recipe.info} >>`] as const]),
    ...(recipe.objects ?? []).map((object, i) => [10 + i, object] as const),
  ]);
  const size = Math.max(...objects.keys()) + 1;
  let text = `${recipe.header ?? (part === 4 ? '%PDF-2.0\n' : part === 1 ? '%PDF-1.4\n' : '%PDF-1.7\n')}${recipe.header === undefined ? BINARY : ''}`;
  const offsets = new Map<number, number>();
  for (const [number, object] of objects) {
    offsets.set(number, text.length);
    const whole = `${number} 0 obj\n${object}\nendobj\n`;
    text += recipe.rewrite?.(whole, number) ?? whole;
  }
  const start = text.length;
  text += recipe.xrefHead ?? `xref\n0 ${size}\n`;
  text += '0000000000 65535 f \n';
  for (let number = 1; number < size; number++) {
    const at = offsets.get(number);
    text += at === undefined ? '0000000000 65535 f \n' : `${String(at).padStart(10, '0')} 00000 n \n`;
  }
  const id = '[<0123456789abcdef0123456789abcdef> <0123456789abcdef0123456789abcdef>]';
  const trailer = dictionary(
    { Size: String(size), Root: '1 0 R', ID: id, ...(recipe.info === undefined ? {} : { Info: '8 0 R' }) },
    recipe.trailer,
  );
  text += `trailer\n${trailer}\nstartxref\n${start}\n%%EOF\n${recipe.after ?? ''}`;
  return Buffer.from(text, 'latin1');
}

/** Entries as written; what comes later counts with readers, so `more` may put its own in place of ours. */
function dictionary(entries: Record<string, string>, more = ''): string {
  const written = Object.entries(entries).filter(
    ([key]) => !new RegExp(`/${key}\\b`).test(more.split('<<')[0] ?? ''),
  );
  return `<< ${written.map(([key, value]) => `/${key} ${value}`).join(' ')} ${more} >>`;
}
