import { hkdfSync } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { signerOf } from '#formats/eep';
import { configuredIdentifier } from '#formats/pronom';
import { type Actor, systemActor } from '#kernel/actor';
import { createAuditTrail } from '#kernel/audit';
import { createDigestPool } from '#kernel/checksums';
import { systemClock } from '#kernel/clock';
import type { Config } from '#kernel/config';
import type { Database } from '#kernel/db';
import { newId } from '#kernel/ids';
import { createJobs } from '#kernel/jobs';
import { createKeyring } from '#kernel/keyring';
import type { Log } from '#kernel/log';
import { createRenewal, createVault } from '#kernel/personal-data';
import { createScanner } from '#kernel/scanner';
import { openSealed } from '#kernel/sealing';
import { createStaging } from '#kernel/staging';
import { createAccess } from '#modules/access';
import { createAuthorities } from '#modules/authorities';
import { createDigitisation, inspectFile, tesseractEngine } from '#modules/digitisation';
import { createExaminations } from '#modules/examination';
import { createFederation } from '#modules/federation';
import { createCatalogueExport, createDesk, createHoldings, streamOwner } from '#modules/holdings';
import { createIdentity, secretVault } from '#modules/identity';
import { createPackages } from '#modules/packages';
import {
  createRenditions,
  createSegments,
  fondsOnHold,
  openKeeping,
  openPreservation,
  pageViewer,
} from '#modules/preservation';
import { createPrinting } from '#modules/printing';
import { fold, indexPages } from '#modules/search';
import { agencyHouse } from './agencyHouse.ts';
import { auditHouse } from './auditHouse.ts';
import { backupHouse } from './backupHouse.ts';
import { checksHouse } from './checksHouse.ts';
import { disposalHouse } from './disposalHouse.ts';
import { choresOf, doHourly } from './hourly.ts';
import { importHouse } from './importHouse.ts';
import { KEPT_TABLES } from './kept.ts';
import { withLeave } from './leave.ts';
import { pagePictures } from './pagePictures.ts';
import { catalogueIndex, indexRenewal } from './searchIndex.ts';
import { masterKeyOf } from './secrets.ts';
import { signInRules } from './signIn.ts';
import { withoutSecrets } from './storageSettings.ts';
import { uploadWatch } from './uploadWatch.ts';

export type House = Awaited<ReturnType<typeof openHouse>>;

export interface HouseOptions {
  config: Config;
  /** The schema is up to date. */
  db: Database;
  /** Address people reach this install under. */
  publicUrl: string;
  log: Log;
}

/** Puts the house together: every module with what it needs. The only place that knows them all. */
export async function openHouse({ config, db, publicUrl, log }: HouseOptions) {
  const { dataDir } = config;
  await mkdir(dataDir, { recursive: true });
  const clock = systemClock;
  const digests = createDigestPool(2);
  const audit = createAuditTrail(clock, newId, config.auditDigest);
  const jobs = createJobs(db, log, newId);
  const staging = createStaging(join(dataDir, 'staging'), uploadWatch(config, { db, audit, log }));
  const masterKey = await masterKeyOf(dataDir);
  const keyring = createKeyring({
    clock,
    masterKey,
    statementAlgorithm: config.statementAlgorithm,
    pdfAlgorithm: config.pdfAlgorithm,
    published: (owner, pem) => preservation.keepCertificates(owner, pem),
  });
  const trail = auditHouse({
    config,
    db,
    clock,
    log,
    keyring,
    audit,
    jobs,
    archives: () => holdings.archives(),
    onHour: () => doHourly(log, choresOf(hourly())),
  });
  const holdings = createHoldings({
    db,
    clock,
    newId,
    audit,
    jobs,
    index: catalogueIndex(log),
    reachBetween: (...of) => accounts.reachBetween(...of),
    fondsOnHold: (archiveId) => fondsOnHold(db.owner, archiveId),
  });
  const accounts = createIdentity({
    db,
    clock,
    newId,
    audit,
    archives: holdings.archives,
    fondsOfAgencies: holdings.fondsOfAgencies,
    fonds: holdings.fondsOfRights,
    foundArchive: (tx, actor, archive) => holdings.foundArchiveIn(tx, actor, archive),
    vault: secretVault(masterKey),
    signIn: signInRules(config.signIn, publicUrl),
  });
  const { identity, today, people } = withLeave(accounts, holdings, clock, config.timezone);
  const preservation = await openPreservation({
    db,
    clock,
    newId,
    audit,
    digests,
    storage: config.storage,
    fixity: config.contentFixity,
    cache: { folder: join(dataDir, 'cache/content'), bytes: config.contentCacheBytes },
    attachObjects: holdings.attachObjects,
    log,
    snapshots: holdings.unitSnapshots,
    texts: (unitId, from, to) => digitisation.textsBetween(unitId, from, to),
    scratch: join(dataDir, 'scratch'),
    signatures: await configuredIdentifier(dataDir, config.pronom),
  });
  const segments = createSegments({
    db,
    clock,
    log,
    tables: KEPT_TABLES,
    ownerOf: streamOwner,
    repository: preservation.repository,
    writing: preservation.writing,
    folder: join(dataDir, 'segments'),
    delaySeconds: config.segmentDelaySeconds,
  });
  const copies = await openKeeping({
    db,
    clock,
    newId,
    log,
    audit,
    jobs,
    digests,
    masterKey,
    settings: config.copies,
    main: preservation.main,
    mainLocation: withoutSecrets(config.storage),
    archives: holdings.archives,
    readUnit: holdings.readUnit,
    sees: holdings.sees,
  });
  const formats = preservation.formatRegister(jobs, config.conversion);
  const renditions = createRenditions(join(dataDir, 'renditions'));
  const viewer = pageViewer(preservation, renditions);
  const ocr = tesseractEngine({ poolSize: Math.max(1, config.ocrWorkers) });
  const digitisation = createDigitisation(
    {
      db,
      clock,
      newId,
      audit,
      jobs,
      log,
      digests,
      staging,
      holdings,
      preservation,
      ocr,
      index: { indexPages },
    },
    Math.max(1, config.ocrWorkers),
  );
  const renewal = indexRenewal(db);
  // An index that holds nothing is of the present rule, whoever writes to it first.
  await renewal.noteEmpty();
  const pictures = pagePictures(preservation, viewer);
  const vault = createVault({ clock, newId, masterKey, cipher: config.personalCipher });
  // What every wing of the house is built on.
  const ground = { config, db, clock, audit, newId, jobs, log, keyring };
  const imports = importHouse({ ...ground, staging, block: (...of) => agency.classified.block(...of) });
  const catalogue = createCatalogueExport({ ...ground, holdings, folder: join(dataDir, 'exports') });
  const authorities = createAuthorities({
    ...ground,
    staging,
    holdings,
    archives: holdings.archives,
    fold,
    timeZone: config.timezone,
  });
  const desk = createDesk({ ...ground, names: authorities });
  const access = createAccess({
    ...ground,
    vault,
    openEarlier: (sealed, place) => openSealed(sealed, place, masterKey).toString('utf8'),
    archives: holdings.archives,
    unit: holdings.readUnit,
    unitIn: holdings.unitIn,
    kindsIn: holdings.kinds,
    demandPrint: (actor, unitId) => holdings.demandSight(actor, unitId, 'print'),
    pagePicture: pictures,
    // What the machine could hardly read is not certified as the words of the record.
    async pageText(unitId, pageNo) {
      const found = await digitisation.pageText(systemActor('lantai'), unitId, pageNo);
      return found?.state === 'ready' ? found.text : undefined;
    },
    folder: join(dataDir, 'certificates'),
    publicUrl,
    timeZone: config.timezone,
  });

  const examinations = createExaminations({
    ...ground,
    staging,
    folder: join(dataDir, 'examinations'),
    limits: config.packageLimits,
    settings: config.check,
    trust: (archiveIds) => checks.trustInForce(archiveIds),
    formats: () => configuredIdentifier(dataDir, config.pronom),
    veraPdf: config.pronom.veraPdf,
    timeZone: config.timezone,
  });
  const { backups, backupClock } = backupHouse({
    ...ground,
    masterKey,
    archives: holdings.archives,
    segments,
  });
  const { disposals, media } = disposalHouse({
    ...ground,
    holdings,
    preservation,
    copies,
    digitisation,
    access,
    renditions,
    digests,
  });
  const packages = createPackages({
    db,
    clock,
    audit,
    digests,
    holdings,
    preservation,
    inspect: inspectFile,
    wantTexts: digitisation.wantTexts,
    pagePicture: async (unitId, pageNo) => Buffer.from((await pictures(unitId, pageNo)).picture),
    signer: async (archive) => signerOf(await db.system((tx) => keyring.signing(tx, archive))),
    trust: (archiveId) => checks.trustInForce([archiveId]),
    scan: config.scanner && createScanner(config.scanner).scan,
    scratch: join(dataDir, 'scratch'),
  });
  const checks = checksHouse({ ...ground, packages, holdings, copies, today });
  const agency = agencyHouse({
    ...ground,
    staging,
    digests,
    holdings,
    packages,
    masterKey,
    identity,
    checks,
    vault,
    authorities,
    fold,
    today,
  });
  const printing = createPrinting({
    ...ground,
    holdings,
    fondsFiles: agency.fondsFiles,
    actorById: identity.actorById,
    folder: join(dataDir, 'printed'),
    settings: config.printing,
    publicUrl,
    timeZone: config.timezone,
  });
  const personal = createRenewal({
    db,
    log,
    audit,
    vault,
    cipher: config.personalCipher,
    shelves: [...access.shelves, ...agency.accessions.shelves],
  });
  const federation = createFederation({
    ...ground,
    archives: holdings.archives,
    publicUrl,
    repositoryName: config.oai.repository,
    email: config.oai.email,
    tokenKey: Buffer.from(hkdfSync('sha256', masterKey, new Uint8Array(0), 'lantai/harvesting', 32)),
  });
  // Before anything is read or served: what an earlier version left readable.
  await personal.settle();

  const hourly = () => {
    const parts = { config, access, disposals, examinations, printing, checks, copies };
    return { ...parts, holdings, agency, imports, renewal };
  };
  return {
    config,
    publicUrl,
    log,
    clock,
    db,
    audit,
    ...trail,
    jobs,
    staging,
    keyring,
    holdings,
    identity,
    today,
    people,
    preservation,
    segments,
    copies,
    formats,
    viewer,
    digitisation,
    imports,
    catalogue,
    authorities,
    desk,
    access,
    disposals,
    media,
    packages,
    checks,
    examinations,
    printing,
    federation,
    ...agency,
    personal,
    backups,
    backupClock,
    /** Every kind of job of this version. */
    jobKinds: [
      ...digitisation.jobs,
      preservation.renewal,
      preservation.identification,
      ...formats.jobs,
      imports.kind,
      catalogue.kind,
      ...holdings.jobs,
      ...authorities.jobs,
      ...access.jobs,
      ...disposals.jobs,
      ...backups.jobs,
      ...media.jobs,
      ...examinations.jobs,
      ...printing.jobs,
      ...checks.jobs,
      ...agency.filing.jobs,
      ...agency.transfers.jobs,
      ...agency.deposits.jobs,
      renewal,
      personal.kind,
      trail.verification.kind,
      copies.job,
    ],
    renewIndexWhereNeeded: () => renewal.startWhereNeeded(jobs),
    catchUpIndex: () => renewal.catchUp(),
    pyramid: (actor: Actor, unitId: string, pageNo: number) => viewer.pyramid(actor, unitId, pageNo),
    /** Ends what runs; the database is closed by who opened it. */
    async close(): Promise<void> {
      await agency.intake.drop.stop();
      await federation.publisher.stop();
      await jobs.stop();
      await segments.stop();
      await preservation.textSaver.stop();
      await copies.close();
      await trail.sequencer.stop();
      await checks.stop();
      await ocr.close();
      await preservation.close();
      await digests.close();
    },
  };
}
