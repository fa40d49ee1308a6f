/** Authorities: agents, places, subjects and functions, by which records are found and understood. */

export type { NewAuthority } from './commands/authorities.ts';
export { LINK_JOB } from './commands/linkWritten.ts';
export type { AuthoritiesDeps } from './deps.ts';
export { registerAuthorities } from './http/register.ts';
export { AUTHORITIES_KEPT } from './kept.ts';
export { type Authorities, createAuthorities } from './module.ts';
export type { Spelling, WrittenName } from './queries/spelled.ts';
