import type { App } from '#kernel/http/route';
import type { Filing } from '../module.ts';
import { registerRemarks } from './remarks.ts';
import { registerSchedules } from './schedules.ts';

export function registerFiling(app: App, { filing }: { filing: Filing }): void {
  registerSchedules(app, filing);
  registerRemarks(app, filing);
}
