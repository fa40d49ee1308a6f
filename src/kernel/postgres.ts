export { embeddedVersion } from './postgres/binaries.ts';
export type { EmbeddedPostgres, EmbeddedPostgresOptions, Lifetime } from './postgres/embedded.ts';
export { startEmbeddedPostgres } from './postgres/embedded.ts';
export { type Upgraded, upgradeEmbeddedPostgres } from './postgres/upgrade.ts';
