import type { Inside, VeraPdfReport } from '#formats/inside';
import { type Language, type MessageKey, t } from '#kernel/wording';

/** What an archivist asks of one file first, for the paper: label and value; only what there is. */
export function insideFacts(inside: Inside, language: Language): [label: string, value: string][] {
  const { pages, encrypted, pdf, ofd, image, media, office, attachments, signatures } = inside;
  const say = (key: MessageKey, params?: Record<string, string | number>) => t(language, key, params);
  const loose = pdf?.fonts.filter((f) => !f.embedded).map((f) => f.name) ?? [];
  const rows: [MessageKey, string | undefined][] = [
    ['examination.inside.pages', pages === undefined ? undefined : String(pages)],
    ['examination.inside.version', pdf?.version ?? ofd?.version],
    ['examination.inside.encrypted', encrypted ? say('examination.yes') : undefined],
    ['examination.inside.size', image && `${image.format} ${image.width} × ${image.height}`],
    ['examination.inside.seconds', media?.seconds === undefined ? undefined : String(media.seconds)],
    ['examination.inside.macros', office?.macros ? say('examination.yes') : undefined],
    [
      'examination.inside.fonts',
      loose.length > 0 ? `${say('examination.inside.notEmbedded')}: ${loose.join(', ')}` : undefined,
    ],
    ['examination.inside.attachments', attachments?.map((a) => a.name).join('; ')],
    ['examination.pdfa', pdf && pdfaWords(pdf.pdfA, say)],
    ['examination.pdfa', pdf?.veraPdf && veraPdfWords(pdf.veraPdf, say)],
    [
      'examination.signatures',
      signatures?.map((s) => `${s.signer ?? s.name}: ${signedWords(s, say)}`).join('; '),
    ],
  ];
  return rows.flatMap(([key, value]) => (value ? [[say(key), value] as [string, string]] : []));
}

type Say = (key: MessageKey, params?: Record<string, string | number>) => string;
type PdfA = NonNullable<Inside['pdf']>['pdfA'];
type Signature = NonNullable<Inside['signatures']>[number];

function pdfaWords(pdfA: PdfA, say: Say): string {
  if (pdfA.verdict === 'noClaim') return say('examination.pdfa.none');
  const claim = say('examination.pdfa.claims', { claim: pdfA.judgedAs ?? 'PDF/A' });
  const clauses = pdfA.faults.map((f) => f.clause);
  const broken = clauses.length > 0 ? ` (${[...new Set(clauses)].join(', ')})` : '';
  return `${claim}; ${say(`examination.pdfa.${pdfA.verdict}`)}${broken}`;
}

function veraPdfWords({ version, conforms, rules, faults }: VeraPdfReport, say: Say): string {
  const by = say('examination.veraPdf', { version });
  if (conforms) return `${by}: ${say('examination.veraPdf.conforms', { rules })}`;
  const clauses = [...new Set(faults.map((f) => f.clause))].join(', ');
  return `${by}: ${say('examination.veraPdf.broken', { n: faults.length, rules })} (${clauses})`;
}

function signedWords({ content, signature, trusted, outOfDate }: Signature, say: Say): string {
  if (content === 'wrong' || signature === 'wrong') return say('examination.signed.wrong');
  if (content !== 'right' || signature !== 'right') return say('examination.signed.notChecked');
  if (outOfDate) return say('examination.signed.outOfDate');
  return say(trusted ? 'examination.signed.right' : 'examination.signed.notTrusted');
}
