/** ALTO 4.4, lines of text with their places on a page, as XML: written, and read back exactly as written. */
export { readAlto } from './read.ts';
export type { AltoLine, AltoPage } from './types.ts';
export { altoXml } from './write.ts';
