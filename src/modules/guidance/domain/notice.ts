import { bearsSecretMark } from '#kernel/classification';
import { Refusal } from '#kernel/errors';

/** A notice as it is written. */
export interface NoticeText {
  title: string;
  body: string;
  /** `YYYY-MM-DD`: by when it wants something done. */
  dueOn: string | null;
}

const MOST_TITLE = 300;
const MOST_BODY = 20_000;
/** Days before its day that the house reminds by itself. */
export const REMIND_AHEAD_DAYS = 7;

/**
 * What a notice may say. Words that go to many may not bear a mark of classification.
 *
 * @param today `YYYY-MM-DD`
 * @throws Refusal `notice.title`, `notice.body`, `notice.dueOn`, `notice.marked`
 */
export function readNotice(given: NoticeText, today: string): NoticeText {
  const title = given.title.normalize('NFC').trim();
  const body = given.body.normalize('NFC').trim();
  const wrong = (field: 'title' | 'body' | 'dueOn', message: string) =>
    new Refusal(`notice.${field}`, message, { field });
  if (title === '' || [...title].length > MOST_TITLE)
    throw wrong('title', `A notice needs a title of at most ${MOST_TITLE} characters.`);
  if ([...body].length > MOST_BODY) throw wrong('body', `A notice has at most ${MOST_BODY} characters.`);
  if (given.dueOn !== null && given.dueOn < today)
    throw wrong('dueOn', 'The day a notice wants something done by is not over.');
  if (bearsSecretMark(title) || bearsSecretMark(body))
    throw new Refusal('notice.marked', 'This bears a classification. Such notices go no networked way.', {});
  return { title, body, dueOn: given.dueOn };
}
