/** What comes to an archive and from whom 接收与征集: register, sources, agreements, what was promised, what is looked for. */

export type { NewAccession } from './commands/register.ts';
export type { AccessionDeps } from './deps.ts';
export { registerAccessions } from './http/routes.ts';
export { type Accessions, createAccessions } from './module.ts';
