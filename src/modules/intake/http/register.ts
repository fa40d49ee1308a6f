import type { App } from '#kernel/http/route';
import type { Intake } from '../module.ts';
import { registerArrivals } from './arrivals.ts';
import { registerSentDeposits } from './deposits.ts';
import { registerPackages } from './packages.ts';
import { registerSending } from './sending.ts';
import { registerSystems } from './systems.ts';

export function registerIntake(app: App, { intake }: { intake: Intake }): void {
  registerSystems(app, intake);
  registerSending(app, intake);
  registerPackages(app, intake);
  registerSentDeposits(app, intake);
  registerArrivals(app, intake);
}
