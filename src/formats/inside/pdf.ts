import { isDict, openBytes, PdfDict, PdfFile, PdfString, type PdfValue } from '#formats/pdf-objects';
import { judge, pagesOf } from '#formats/pdfa';
import { pdfSignatures } from './signatures/pdf.ts';
import type { AttachmentInside, FontInside, Inside, PdfInside } from './types.ts';

const MAX_LISTED = 500;

export function lookInsidePdf(path: string, trust: readonly string[]): Inside {
  const bytes = openBytes(path);
  try {
    const file = new PdfFile(bytes);
    const { pages, sizes } = countPages(file);
    const { catalogue, encrypted } = file;
    const version = file.name(catalogue.get('Version'));
    const language = file.resolve(catalogue.get('Lang'));
    const form = file.dict(catalogue.get('AcroForm'));
    const found = encrypted ? NOTHING : objectsOf(file);
    const pdf: PdfInside = {
      version: file.header.version,
      ...(version ? { catalogueVersion: version } : {}),
      sizes,
      fonts: found.fonts,
      javascript: found.javascript,
      xfa: form?.has('XFA') ?? false,
      form: form !== undefined,
      tagged: file.resolve(file.dict(catalogue.get('MarkInfo'))?.get('Marked')) === true,
      ...(language instanceof PdfString && !encrypted ? { language: language.text.slice(0, 60) } : {}),
      repaired: file.repaired,
      pdfA: judge(file),
    };
    return {
      kind: 'pdf',
      ...(pages > 0 ? { pages } : {}),
      encrypted,
      pdf,
      signatures: encrypted ? [] : pdfSignatures(file, trust),
      attachments: found.attachments,
      claims: encrypted ? {} : claimsOf(file),
      notPerformed: encrypted
        ? ['The file is enciphered: fonts, scripts, attachments and signatures were not looked at.']
        : [],
    };
  } finally {
    bytes.close();
  }
}

const NOTHING: ReturnType<typeof objectsOf> = { fonts: [], javascript: false, attachments: [] };

function countPages(file: PdfFile): { pages: number; sizes: PdfInside['sizes'] } {
  const sizes = new Map<string, { width: number; height: number; pages: number }>();
  let pages = 0;
  for (const page of pagesOf(file)) {
    pages++;
    const [a, b, c, d] = (file.array(page.inherited('MediaBox')) ?? []).map((one) => file.number(one));
    if (a === undefined || b === undefined || c === undefined || d === undefined) continue;
    const [width, height] = [Math.abs(c - a), Math.abs(d - b)].map((side) => Math.round(side * 100) / 100);
    const key = `${width} ${height}`;
    const size = sizes.get(key) ?? { width: width!, height: height!, pages: 0 };
    size.pages++;
    if (sizes.size < MAX_LISTED) sizes.set(key, size);
  }
  return { pages, sizes: [...sizes.values()].sort((x, y) => y.pages - x.pages).slice(0, 20) };
}

/** Fonts, scripts and embedded files, wherever in the file they are. */
function objectsOf(file: PdfFile): {
  fonts: FontInside[];
  javascript: boolean;
  attachments: AttachmentInside[];
} {
  const fonts = new Map<string, FontInside>();
  const attachments = new Map<string, AttachmentInside>();
  let javascript = file.dict(file.dict(file.catalogue.get('Names'))?.get('JavaScript')) !== undefined;
  const take = (dict: PdfDict) => {
    const type = file.name(dict.get('Type'));
    const action = file.name(dict.get('S'));
    if (action === 'JavaScript' && dict.has('JS')) javascript = true;
    const font = type === 'Font' ? fontOf(file, dict) : undefined;
    if (font && fonts.size < MAX_LISTED) fonts.set(`${font.name} ${font.type} ${font.embedded}`, font);
    const attachment = dict.has('EF') ? attachmentOf(file, dict) : undefined;
    if (attachment && attachments.size < MAX_LISTED) attachments.set(attachment.name, attachment);
  };
  const visit = (value: PdfValue, depth: number) => {
    if (depth > 12) return;
    const dict = isDict(value) ? value : file.dict(depth === 0 ? value : undefined);
    if (dict) {
      take(dict);
      for (const one of dict.entries.values())
        if (one instanceof PdfDict || Array.isArray(one)) visit(one, depth + 1);
    } else if (Array.isArray(value))
      for (const one of value) if (one instanceof PdfDict || Array.isArray(one)) visit(one, depth + 1);
  };
  for (const number of file.numbers()) visit(file.object(number), 0);
  return { fonts: [...fonts.values()], javascript, attachments: [...attachments.values()] };
}

function fontOf(file: PdfFile, dict: PdfDict): FontInside | undefined {
  const type = file.name(dict.get('Subtype')) ?? '';
  // Of a composite font its descendant is listed.
  if (type === 'Type0') return undefined;
  const descriptor = file.dict(dict.get('FontDescriptor'));
  const embedded =
    type === 'Type3' ||
    ['FontFile', 'FontFile2', 'FontFile3'].some((key) => file.stream(descriptor?.get(key)));
  const raw = file.name(dict.get('BaseFont')) ?? file.name(dict.get('Name')) ?? '';
  return { name: Buffer.from(raw, 'latin1').toString('utf8').slice(0, 120), type, embedded };
}

function attachmentOf(file: PdfFile, dict: PdfDict): AttachmentInside | undefined {
  const streams = [...(file.dict(dict.get('EF'))?.entries.values() ?? [])].map((one) => file.stream(one));
  const stream = streams.find((one) => one !== undefined);
  if (!stream) return undefined;
  const name = [dict.get('UF'), dict.get('F')]
    .map((one) => file.resolve(one))
    .find((one) => one instanceof PdfString);
  return {
    name: name instanceof PdfString ? name.text.slice(0, 300) : '',
    bytes: file.number(file.dict(stream.dict.get('Params'))?.get('Size')),
    type: file.name(stream.dict.get('Subtype')),
  };
}

function claimsOf(file: PdfFile): Record<string, string> {
  const info = file.dict(file.trailer.get('Info'));
  const claims: Record<string, string> = {};
  for (const key of [
    'Title',
    'Author',
    'Subject',
    'Keywords',
    'Creator',
    'Producer',
    'CreationDate',
    'ModDate',
  ]) {
    const value = file.resolve(info?.get(key));
    const text = value instanceof PdfString ? value.text.replaceAll('\0', '').trim() : '';
    if (text !== '') claims[key] = text.slice(0, 300);
  }
  return claims;
}
