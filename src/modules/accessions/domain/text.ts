import { bearsSecretMark } from '#kernel/classification';
import { Refusal } from '#kernel/errors';

/** Text as it is kept: no lone halves of characters, no ends; null where nothing is left. */
export function clean(text: string | null | undefined): string | null {
  const said = text?.toWellFormed().replaceAll('\u0000', '').normalize('NFC').trim() ?? '';
  return said === '' ? null : said;
}

/** @throws Refusal accession.needed, accession.tooLong */
export function needed(text: string | null | undefined, field: string, most: number): string {
  const said = clean(text);
  if (said === null) throw new Refusal('accession.needed', 'This has to be filled in.', { field });
  return within(said, field, most);
}

/** @throws Refusal accession.tooLong */
export function optional(text: string | null | undefined, field: string, most: number): string | null {
  const said = clean(text);
  return said === null ? null : within(said, field, most);
}

function within(text: string, field: string, most: number): string {
  if ([...text].length > most)
    throw new Refusal('accession.tooLong', `This has at most ${most} characters.`, { field, most });
  return text;
}

/** What is classified is kept in no networked system. @throws Refusal accession.marked */
export function demandUnmarked(texts: Readonly<Record<string, string | null>>): void {
  for (const [field, text] of Object.entries(texts))
    if (text !== null && bearsSecretMark(text))
      throw new Refusal(
        'accession.marked',
        'This bears a classification. It is not kept in a networked system.',
        { field },
      );
}
