/** What an archive tells the agencies that give it their records, and what is due on either side. */
export type { GuidanceDeps } from './deps.ts';
export { registerGuidance } from './http/register.ts';
export { createGuidance, type Guidance } from './module.ts';
export type { DueLine } from './queries/due.ts';
