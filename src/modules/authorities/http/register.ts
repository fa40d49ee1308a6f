import type { App } from '#kernel/http/route';
import type { Authorities } from '../module.ts';
import { registerExchange } from './exchange.ts';
import { registerLinks } from './links.ts';
import { registerList } from './list.ts';
import { registerMerging } from './merging.ts';

export function registerAuthorities(app: App, { authorities }: { authorities: Authorities }): void {
  registerList(app, authorities);
  registerMerging(app, authorities);
  registerLinks(app, authorities);
  registerExchange(app, authorities);
}
