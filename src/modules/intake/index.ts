/** What comes in from other systems of agencies: sender systems with their tokens, single records, packages, drop folders. */
export type { IntakeDeps } from './deps.ts';
export type { SettingsInput } from './domain/settings.ts';
export { registerIntake } from './http/register.ts';
export { createIntake, type Intake } from './module.ts';
