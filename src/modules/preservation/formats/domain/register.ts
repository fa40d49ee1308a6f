import { DOCUMENTS } from './rows/documents.ts';
import { MEDIA } from './rows/media.ts';
import { OTHERS } from './rows/others.ts';
import { PICTURES } from './rows/pictures.ts';
import type { RegisterRow } from './types.ts';

/** The register as it is shipped. An archive's own decisions go before it. */
export const REGISTER: readonly RegisterRow[] = [...DOCUMENTS, ...PICTURES, ...MEDIA, ...OTHERS];

const byPuid = new Map(REGISTER.flatMap((row) => row.puids.map((puid) => [puid, row] as const)));

/** The row a format stands in; undefined where the register does not have it. */
export const rowOf = (puid: string): RegisterRow | undefined => byPuid.get(puid);
