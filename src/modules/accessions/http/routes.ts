import type { App } from '#kernel/http/route';
import type { Accessions } from '../module.ts';
import { registerAccessionPapers, registerRegister } from './accessions.ts';
import { registerCollecting } from './collecting.ts';
import { registerSources } from './sources.ts';

/** Accessions and collecting, for the staff of an archive. */
export function registerAccessions(app: App, { accessions }: { accessions: Accessions }): void {
  registerRegister(app, accessions);
  registerAccessionPapers(app, accessions);
  registerSources(app, accessions);
  registerCollecting(app, accessions);
}
