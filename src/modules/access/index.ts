export type { AccessDeps } from './deps.ts';
export { registerAccess } from './http.ts';
export { ACCESS_KEPT } from './kept.ts';
export { type Access, createAccess } from './module.ts';
export type { PublicCertificate } from './queries.ts';
