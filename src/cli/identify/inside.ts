import type { Inside, VeraPdfReport } from '#formats/inside';

const SHOWN_FAULTS = 8;

function veraPdfSaid({ conforms, profile, rules, checks, faults }: VeraPdfReport): string {
  const by = `${profile}, ${rules} rules, ${checks} checks`;
  if (conforms) return `conforms (${by})`;
  const clauses = faults.slice(0, SHOWN_FAULTS).map((f) => `${f.clause}-${f.test}`);
  return `does not conform: clause ${clauses.join(', ')}${faults.length > SHOWN_FAULTS ? ' …' : ''} (${by})`;
}

/** What an archivist wants to know of the inside of a file, a line each. */
export function insideLines(inside: Inside): string[] {
  const lines: string[] = [];
  const add = (label: string, value: string | number | undefined) => {
    if (value !== undefined && value !== '') lines.push(`${label}: ${value}`);
  };
  const { pdf, image, media, office, mail } = inside;
  add('pages', inside.pages);
  if (inside.encrypted) lines.push('enciphered');
  if (pdf) {
    add(
      'page sizes',
      pdf.sizes
        .slice(0, 3)
        .map((s) => `${s.width} × ${s.height} pt (${s.pages})`)
        .join(', '),
    );
    const loose = pdf.fonts.filter((font) => !font.embedded).map((font) => font.name);
    if (pdf.fonts.length > 0)
      add(
        'fonts',
        loose.length > 0
          ? `not embedded: ${loose.slice(0, 10).join(', ')}`
          : `${pdf.fonts.length}, all embedded`,
      );
    if (pdf.javascript) lines.push('holds JavaScript');
    if (pdf.xfa) lines.push('holds an XFA form');
    if (pdf.repaired) lines.push('damaged: its table of objects leads nowhere');
    add('PDF/A by our own checks', pdf.pdfA.summary);
    if (pdf.veraPdf) add(`PDF/A by veraPDF ${pdf.veraPdf.version}`, veraPdfSaid(pdf.veraPdf));
  }
  if (image) {
    add('picture', `${image.width} × ${image.height} pixels${image.xDpi ? `, ${image.xDpi} dpi` : ''}`);
    const colour = [
      image.colourSpace,
      image.bitsPerSample && `${image.bitsPerSample} bits`,
      image.iccProfile && 'ICC profile',
    ];
    add('colour', colour.filter(Boolean).join(', '));
    add('compression', image.compression);
  }
  if (media) {
    add('length', media.seconds === undefined ? undefined : `${media.seconds} s`);
    for (const track of media.tracks) {
      const facts = [
        track.codec,
        track.width && `${track.width} × ${track.height}`,
        track.framesPerSecond && `${track.framesPerSecond} frames/s`,
        track.sampleRate && `${track.sampleRate} Hz`,
        track.channels && `${track.channels} channels`,
        track.bits && `${track.bits} bits`,
      ];
      add(track.kind, facts.filter(Boolean).join(', '));
    }
  }
  if (office?.macros) lines.push('holds macros');
  add('subject', mail?.subject);
  add('from', mail?.from);
  for (const one of inside.attachments ?? [])
    add('attached', one.bytes === undefined ? one.name : `${one.name} (${one.bytes} bytes)`);
  for (const one of inside.signatures ?? []) add(one.name || 'signature', one.words);
  for (const one of inside.notPerformed) add('not performed', one);
  // Names and words come from strangers and go to a terminal.
  return lines.map((line) => line.replace(/\p{Cc}/gu, '\uFFFD'));
}
