/** Help at the desk: suggestions only, taken over with one key. */
export type { DeskDeps, NameLists } from './deps.ts';
export { registerDesk } from './http.ts';
export { createDesk, type Desk } from './module.ts';
