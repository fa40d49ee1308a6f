import type { SignatureInside } from '../types.ts';

type Found = Omit<SignatureInside, 'words'>;

/** The verdict on one signature in a sentence. */
export function inWords(found: Found, whyNot?: string, note?: string): SignatureInside {
  const parts: string[] = note ? [note] : [];
  if (found.content === 'right') parts.push('what was signed is unchanged');
  if (found.content === 'wrong')
    parts.push(
      `what was signed has changed${found.changed?.length ? ` (${found.changed.slice(0, 5).join(', ')})` : ''}`,
    );
  if (found.content === 'notChecked') parts.push('whether what was signed is unchanged was not checked');
  if (found.signature === 'right') parts.push('the signature is right under the certificate in the file');
  if (found.signature === 'wrong') parts.push('the signature is wrong');
  if (found.signature === 'notChecked')
    parts.push(`the signature was not checked${whyNot ? `: ${whyNot}` : ''}`);
  if (found.coversAll === false) parts.push('it does not cover the whole file');
  parts.push(
    found.trusted
      ? 'the signer is trusted'
      : found.outOfDate
        ? 'the certificate was not valid when it was signed'
        : 'whether the signer can be trusted the file itself can not say',
  );
  const text = parts.join('; ');
  return { ...found, words: `${text[0]!.toUpperCase()}${text.slice(1)}.` };
}

export const sideOf = (right: boolean | undefined): 'right' | 'wrong' | 'notChecked' =>
  right === undefined ? 'notChecked' : right ? 'right' : 'wrong';
