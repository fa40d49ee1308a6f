import { isRefusal, Refusal } from '#kernel/errors';
import { columnLetters } from './columns.ts';

/** Where in the file something was met; what is unknown is left out. */
export interface Place {
  sheet?: string;
  row?: number;
  /** 0-based. */
  column?: number;
}

/** `sheet "卷内目录", row 5, column C: ` or nothing. */
function prefix(place: Place): string {
  const parts: string[] = [];
  if (place.sheet) parts.push(`sheet "${place.sheet}"`);
  if (place.row !== undefined) parts.push(`row ${place.row}`);
  if (place.column !== undefined) parts.push(`column ${columnLetters(place.column)}`);
  if (parts.length === 0) return '';
  const words = parts.join(', ');
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}: `;
}

/**
 * A refusal of a tabular file.
 *
 * @param code the part after `sheet.`
 * @param sentence what happened and what to do, one sentence, beginning in lower case if a place precedes it
 */
export function refuse(
  code: string,
  sentence: string,
  place: Place = {},
  detail: Readonly<Record<string, unknown>> = {},
  cause?: unknown,
): Refusal {
  const head = prefix(place);
  const message = head ? head + sentence : sentence.charAt(0).toUpperCase() + sentence.slice(1);
  const where: Record<string, unknown> = { ...detail };
  if (place.sheet) where.sheet = place.sheet;
  if (place.row !== undefined) where.row = place.row;
  if (place.column !== undefined) where.column = columnLetters(place.column);
  return new Refusal(`sheet.${code}`, message, where, cause === undefined ? undefined : { cause });
}

export function damaged(what: string, place: Place = {}, cause?: unknown): Refusal {
  return refuse(
    'damaged',
    `the file is damaged: ${what}. Open it in a spreadsheet program, save it anew and try again.`,
    place,
    {},
    cause,
  );
}

/** Adds the sheet's name to refusals thrown while `batches` is read that do not name it yet. */
export async function* inSheet<T>(
  sheet: string,
  batches: AsyncIterable<T>,
): AsyncGenerator<T, void, undefined> {
  try {
    yield* batches;
  } catch (cause) {
    if (!isRefusal(cause) || cause.detail.sheet !== undefined || !sheet) throw cause;
    const message = cause.message.charAt(0).toLowerCase() + cause.message.slice(1);
    throw new Refusal(
      cause.code,
      `Sheet "${sheet}": ${message}`,
      { ...cause.detail, sheet },
      { cause: cause.cause },
    );
  }
}
