/** Harvesting: what is open to everybody, published for other systems, search engines and readers of feeds. */
export type { FederationDeps } from './deps.ts';
export { dublinCoreOf, type OpenRecord } from './describing/dublinCore.ts';
export { forReaders } from './describing/forReaders.ts';
export { createFederation, type Federation } from './module.ts';
export type { Address, Opened } from './store/addresses.ts';
