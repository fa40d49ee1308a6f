import { bearsSecretMark } from '#kernel/classification';
import { Refusal } from '#kernel/errors';
import type { FondsHeading } from '#kernel/fondsHeadings';

/** A document of a fonds file as it is written. */
export interface DocumentText {
  heading: FondsHeading;
  title: string;
  /** `YYYY`, `YYYY-MM` or `YYYY-MM-DD`. */
  dated: string | null;
  author: string | null;
  body: string | null;
}

const MOST_TITLE = 500;
const MOST_BODY = 200_000;
const DAY = /^\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?$/;
const clean = (text: string | null): string | null => {
  const said = text?.toWellFormed().replaceAll('\u0000', '').normalize('NFC').trim() ?? '';
  return said === '' ? null : said;
};

/**
 * What a document may say.
 *
 * @throws Refusal `fondsFile.title`, `fondsFile.dated`, `fondsFile.body`, `fondsFile.marked`
 */
export function readDocument(given: DocumentText): DocumentText {
  const wrong = (field: string, message: string) => new Refusal(`fondsFile.${field}`, message, { field });
  const title = clean(given.title);
  const [dated, author, body] = [clean(given.dated), clean(given.author), clean(given.body)];
  if (title === null || [...title].length > MOST_TITLE)
    throw wrong('title', `A document needs a title of at most ${MOST_TITLE} characters.`);
  if (dated !== null && !DAY.test(dated))
    throw wrong('dated', 'The date is a year, a month or a day: 2024-03-18.');
  if ((body?.length ?? 0) > MOST_BODY) throw wrong('body', `A text has at most ${MOST_BODY} characters.`);
  if (bearsSecretMark(title) || bearsSecretMark(body ?? ''))
    throw new Refusal(
      'fondsFile.marked',
      'This bears a classification. It is not kept in a networked system.',
      {},
    );
  return { heading: given.heading, title, dated, author, body };
}
