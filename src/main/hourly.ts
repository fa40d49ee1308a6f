import type { Config } from '#kernel/config';
import type { Log } from '#kernel/log';
import type { Access } from '#modules/access';
import type { Checks } from '#modules/checks';
import type { Examinations } from '#modules/examination';
import type { CatalogueImport, Holdings } from '#modules/holdings';
import type { Disposals, Keeping } from '#modules/preservation';
import type { Printing } from '#modules/printing';
import type { agencyHouse } from './agencyHouse.ts';

/** One thing that has its time every hour. */
type Chores = Readonly<Record<string, () => Promise<unknown>>>;

/** What of a house has something to do every hour. */
interface Hourly {
  config: Pick<Config, 'applicantKeepMonths' | 'checkCalendar'>;
  access: Pick<Access, 'endApplicants'>;
  disposals: Pick<Disposals, 'resume'>;
  examinations: Pick<Examinations, 'removeOverdue'>;
  printing: Pick<Printing, 'removeOverdue'>;
  checks: Pick<Checks, 'keepCalendar'>;
  copies: Pick<Keeping, 'heldSince'>;
  holdings: Pick<Holdings, 'archives' | 'drawCounts' | 'recountGaps'>;
  imports: Pick<CatalogueImport, 'handOver'>;
  agency: ReturnType<typeof agencyHouse>;
  renewal: { catchUp(): Promise<unknown> };
}

/** What a house does every hour, in this order. */
export function choresOf(house: Hourly): Chores {
  const { access, disposals, examinations, holdings, imports, printing, renewal } = house;
  const { applicantKeepMonths } = house.config;
  const { accessions, classified, deposits, filing, fondsFiles, guidance, transfers, intake } = house.agency;
  return {
    applicants: async () => {
      if (applicantKeepMonths !== undefined) await access.endApplicants(applicantKeepMonths);
    },
    disposals: () => disposals.resume(),
    examinations: () => examinations.removeOverdue(),
    printing: () => printing.removeOverdue(),
    checks: () => keepCheckCalendar(house),
    transfers: () => transfers.resume(),
    filing: () => filing.sweep(),
    uploads: () => intake.sweep(),
    arrivals: () => intake.prune(),
    imports: () => imports.handOver(),
    counts: () => holdings.drawCounts(),
    gaps: () => holdings.recountGaps(),
    classified: () => classified.clearUp(),
    guidance: () => guidance.tidy(),
    fondsFiles: () => fondsFiles.tidy(),
    accessions: () => accessions.tidy(),
    deposits: () => deposits.tidy(),
    index: () => renewal.catchUp(),
  };
}

async function keepCheckCalendar({ config, checks, copies, holdings }: Hourly): Promise<void> {
  const since = await copies.heldSince();
  const held = (await holdings.archives()).map((a) => ({ ...a, heldSince: since.get(a.id) ?? null }));
  await checks.keepCalendar(config.checkCalendar, held);
}

/**
 * What the house does once an hour, one chore after the other. One that fails is written down and keeps none of the others from
 * being done; it has its turn again an hour later.
 *
 * @param chores by the name they are written down under
 */
export async function doHourly(log: Log, chores: Chores): Promise<void> {
  for (const [chore, act] of Object.entries(chores))
    try {
      await act();
    } catch (err) {
      log.error({ err, chore }, 'an hourly chore failed');
    }
}
