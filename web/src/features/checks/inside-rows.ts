import { bytes, count } from '../../lib/format.ts';
import type { Wording } from '../../wording.tsx';
import { type InsideShown, momentOf } from './inside.ts';

const joined = (parts: readonly (string | number | undefined | false)[]): string =>
  parts.filter((p) => p !== undefined && p !== false && p !== '').join(' · ');

/** Technical data in the order an archivist asks for it: label and value; only what there is. */
export function insideRows(
  inside: InsideShown,
  { t, word }: Pick<Wording, 't' | 'word'>,
): [label: string, value: string][] {
  const { pages, encrypted, pdf, ofd, image, media, office, mail, attachments, claims } = inside;
  const rows: [string, string | undefined | false][] = [
    [t('examination.inside.pages'), pages !== undefined && count(pages)],
    [t('examination.inside.encrypted'), encrypted && t('examination.yes')],
    [t('examination.inside.version'), pdf?.version ?? ofd?.version],
    [
      t('examination.inside.size'),
      image
        ? `${image.format} ${image.width} × ${image.height}`
        : pdf?.sizes
            .map((s) => `${Math.round(s.width)} × ${Math.round(s.height)} pt (${count(s.pages)})`)
            .join('; '),
    ],
    [t('examination.inside.resolution'), image && joined([image.xDpi, image.yDpi])],
    [t('examination.inside.colour'), image && joined([image.colourSpace, image.bitsPerSample])],
    [t('examination.inside.compression'), image?.compression],
    [
      t('examination.inside.fonts'),
      pdf?.fonts
        .map((f) => (f.embedded ? f.name : `${f.name} (${t('examination.inside.notEmbedded')})`))
        .join('; '),
    ],
    [
      t('examination.inside.active'),
      pdf && joined([pdf.javascript && 'JavaScript', pdf.xfa && 'XFA', pdf.form && 'AcroForm']),
    ],
    [t('examination.inside.seconds'), media?.seconds !== undefined && String(media.seconds)],
    [
      t('examination.inside.tracks'),
      media &&
        [
          media.container,
          ...media.tracks.map((k) =>
            joined([k.codec, k.sampleRate && `${k.sampleRate} Hz`, k.width && `${k.width} × ${k.height}`]),
          ),
        ].join('; '),
    ],
    [t('examination.inside.macros'), office?.macros && t('examination.yes')],
    [t('examination.inside.mail'), mail && joined([mail.subject, mail.from, mail.to, mail.date])],
    [
      t('examination.inside.attachments'),
      attachments?.map((a) => (a.bytes === undefined ? a.name : `${a.name} (${bytes(a.bytes)})`)).join('; '),
    ],
  ];
  for (const [name, value] of Object.entries(claims ?? {}))
    rows.push([`${word('examination.claim', name)} *`, momentOf(value)]);
  return rows.flatMap(([label, value]) => (value ? [[label, value] as [string, string]] : []));
}
