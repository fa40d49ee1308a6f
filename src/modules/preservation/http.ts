import type { App } from '#kernel/http/route';
import { registerFigures } from './http/figures.ts';
import { registerObjects } from './http/objects.ts';
import { registerStores } from './http/stores.ts';
import type { Keeping } from './keeping.ts';

/** Routes of the preservation store. */
export function registerPreservation(app: App, deps: { copies: Keeping }): void {
  registerFigures(app, deps);
  registerStores(app, deps);
  registerObjects(app, deps);
}
