import { scopeOf } from '#kernel/actor';
import type { App } from '#kernel/http/route';
import { registerAccess } from '#modules/access';
import { registerAccessions } from '#modules/accessions';
import { registerAuthorities } from '#modules/authorities';
import { registerChecks } from '#modules/checks';
import { registerClassified } from '#modules/classified';
import { registerDeposits } from '#modules/deposit';
import { registerDigitisation } from '#modules/digitisation';
import { registerExaminations } from '#modules/examination';
import { registerFiling } from '#modules/filing';
import { registerFondsFile } from '#modules/fondsfile';
import { registerGuidance } from '#modules/guidance';
import {
  registerCatalogueExport,
  registerDesk,
  registerHoldings,
  registerImportRoutes,
} from '#modules/holdings';
import { registerIntake } from '#modules/intake';
import {
  registerDisposal,
  registerFormats,
  registerMedia,
  registerObjectReading,
  registerPreservation,
} from '#modules/preservation';
import { registerPrinting } from '#modules/printing';
import { highlight, parseQuery } from '#modules/search';
import { registerTransfers } from '#modules/transfer';
import { registerAccount } from '../http/account.ts';
import { registerCheckpoints } from '../http/audit/checkpoints.ts';
import { registerAuditEntries } from '../http/audit/entries.ts';
import { registerKeeping } from '../http/audit/keeping.ts';
import { registerPeers } from '../http/audit/peers.ts';
import { registerAuditReport } from '../http/audit/report.ts';
import { registerBackups } from '../http/backups/routes.ts';
import { registerConsole } from '../http/console.ts';
import { registerIiif } from '../http/iiif.ts';
import { registerJobs } from '../http/jobs.ts';
import { registerLeave } from '../http/leave.ts';
import { registerOai } from '../http/oai.ts';
import { registerPeople } from '../http/people.ts';
import { registerGathering } from '../http/portal/gathering.ts';
import { registerPortal } from '../http/portal/routes.ts';
import { registerVerify } from '../http/portal/verify.ts';
import { registerRights } from '../http/rights.ts';
import { registerRoles } from '../http/roles.ts';
import { registerSearch, search } from '../http/search.ts';
import { registerSegments } from '../http/segments.ts';
import { registerSetup } from '../http/setup.ts';
import { registerTokens } from '../http/tokens.ts';
import { registerTrail } from '../http/trail/register.ts';
import { registerUploads } from '../http/uploads.ts';
import { registerVisibility } from '../http/visibility.ts';
import { registerWork } from '../http/work.ts';
import type { House } from './wire.ts';

/** All routes of the house, module by module. */
export function routesOf(house: House): ((app: App) => void | Promise<void>)[] {
  const { holdings, digitisation, preservation } = house;
  return [
    (app) => registerTrail(app, house),
    (app) => registerAuditEntries(app, house),
    (app) => registerAuditReport(app, house),
    (app) => registerCheckpoints(app, house),
    (app) => registerKeeping(app, house),
    (app) => registerPeers(app, { ...house, peerAddresses: house.config.peers }),
    (app) => registerHoldings(app, house),
    (app) => registerCatalogueExport(app, house),
    (app) => registerImportRoutes(app, house),
    (app) => registerAuthorities(app, house),
    (app) => registerDesk(app, house),
    (app) => registerDigitisation(app, house),
    (app) => registerSegments(app, { ...house, delaySeconds: house.config.segmentDelaySeconds }),
    (app) =>
      registerObjectReading(app, {
        reading: preservation.reading,
        sight: holdings,
        folderIn: house.copies.packageFolder,
        unitNamed: async (actor, id) =>
          house.db.as(scopeOf(actor), async (tx) => {
            const found = (await holdings.names(tx, [id])).get(id);
            return found ? { id, ...found } : null;
          }),
      }),
    (app) => registerAccess(app, house),
    (app) => registerDisposal(app, house),
    (app) => registerPreservation(app, house),
    (app) => registerFormats(app, house),
    (app) => registerMedia(app, house),
    (app) => registerSetup(app, house),
    (app) => registerPeople(app, house),
    (app) => registerRoles(app, house),
    (app) => registerRights(app, house),
    (app) => registerAccount(app, { ...house, secureCookies: house.publicUrl.startsWith('https:') }),
    (app) => registerTokens(app, house),
    (app) => registerBackups(app, { backups: house.backups, timeZone: house.config.timezone }),
    (app) => registerJobs(app, house),
    (app) => registerWork(app, house),
    (app) => registerVisibility(app, { ...house, personNamed: house.identity.actorNamed }),
    (app) => registerLeave(app, { holdings, personNamed: house.identity.actorNamed }),
    (app) => registerUploads(app, house),
    (app) => registerExaminations(app, house),
    (app) => registerPrinting(app, house),
    (app) => registerChecks(app, house),
    (app) => registerTransfers(app, house),
    (app) => registerFiling(app, house),
    (app) => registerClassified(app, house),
    (app) => registerIntake(app, house),
    (app) => registerGuidance(app, house),
    (app) => registerFondsFile(app, house),
    (app) => registerAccessions(app, house),
    (app) => registerDeposits(app, house),
    (app) => registerSearch(app, house),
    (app) => registerIiif(app, house),
    (app) => registerOai(app, house),
    (app) => registerVerify(app, { access: house.access, timeZone: house.config.timezone }),
    (app) =>
      registerPortal(app, {
        publicUrl: house.publicUrl,
        archives: holdings.archives,
        search: (actor, q) => search(house, actor, { ...q, limit: 20 }),
        unit: holdings.readUnit,
        pages: preservation.pages,
        async text(actor, unitId, pageNo) {
          const found = await digitisation.pageText(actor, unitId, pageNo);
          return found && { text: found.text, poor: found.state === 'poor' };
        },
        highlight: (text, q) => highlight(text, parseQuery(q).words),
      }),
    (app) => registerGathering(app, house),
    registerConsole,
  ];
}
