import { isRef, type PdfDict, type PdfStream, type PdfValue } from '#formats/pdf-objects';
import type { Judging } from '../report.ts';
import { isOutputProfile, readIcc } from './icc.ts';

/** The output intent for PDF/A: the space of its profile. */
export interface Intent {
  space: string;
  profile: PdfStream;
}

/** Checks an OutputIntents array, of the catalogue or (in part 4) a page, and finds the intent for PDF/A in it. */
export function checkIntents(
  judging: Judging,
  value: PdfValue | undefined,
  place: string,
): Intent | undefined {
  const { file } = judging;
  const intents = (file.array(value) ?? []).map((one) => file.dict(one)).filter((one) => one !== undefined);
  const profiles = new Set<string>();
  for (const intent of intents) {
    const profile = intent.get('DestOutputProfile');
    if (profile !== undefined) profiles.add(isRef(profile) ? `${profile.number}` : 'direct');
    const isX = file.name(intent.get('S')) === 'GTS_PDFX';
    if (intent.has('DestOutputProfileRef') && (isX || judging.part === 4))
      judging.fault('intent.reference', place);
  }
  if (profiles.size > 1) judging.fault('intent.several', place);
  const own = intents.find((intent) => file.name(intent.get('S')) === 'GTS_PDFA1');
  return own && readIntent(judging, own, place);
}

function readIntent(judging: Judging, intent: PdfDict, place: string): Intent | undefined {
  const profile = judging.file.stream(intent.get('DestOutputProfile'));
  if (!profile) return undefined;
  const head = readIcc(judging.file.data(profile));
  if (!head) {
    judging.unread.add(`the profile of the output intent (${place}) could not be read`);
    return undefined;
  }
  if (!isOutputProfile(head, judging.part)) judging.fault('intent.profile', place);
  return { space: head.space, profile };
}
