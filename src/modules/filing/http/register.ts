import type { App } from '#kernel/http/route';
import type { Filing } from '../module.ts';
import { registerFilingChecks } from './checks.ts';
import { registerRecords } from './records.ts';
import { registerRemarks } from './remarks.ts';
import { registerSchedules } from './schedules.ts';
import { registerYears } from './years.ts';

export function registerFiling(app: App, { filing }: { filing: Filing }): void {
  registerSchedules(app, filing);
  registerRecords(app, filing);
  registerYears(app, filing);
  registerFilingChecks(app, filing);
  registerRemarks(app, filing);
}
