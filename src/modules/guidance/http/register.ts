import type { App } from '#kernel/http/route';
import type { Guidance } from '../module.ts';
import { registerDue } from './due.ts';
import { registerNotices } from './notices.ts';

export function registerGuidance(app: App, { guidance }: { guidance: Guidance }): void {
  registerNotices(app, guidance);
  registerDue(app, guidance);
}
