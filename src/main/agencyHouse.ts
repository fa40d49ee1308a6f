import { join } from 'node:path';
import type { AuditTrail } from '#kernel/audit';
import type { DigestPool } from '#kernel/checksums';
import type { Clock } from '#kernel/clock';
import type { Config } from '#kernel/config';
import type { Database } from '#kernel/db';
import type { NewId } from '#kernel/ids';
import type { Jobs } from '#kernel/jobs';
import type { Keyring } from '#kernel/keyring';
import type { Log } from '#kernel/log';
import type { PersonalVault } from '#kernel/personal-data';
import { createScanner } from '#kernel/scanner';
import type { Staging } from '#kernel/staging';
import { createAccessions } from '#modules/accessions';
import type { Authorities } from '#modules/authorities';
import type { Checks } from '#modules/checks';
import { createClassified } from '#modules/classified';
import { createDeposits } from '#modules/deposit';
import { contentStore, createFiling } from '#modules/filing';
import { createFondsFiles } from '#modules/fondsfile';
import { createGuidance } from '#modules/guidance';
import type { Holdings } from '#modules/holdings';
import type { Identity } from '#modules/identity';
import { createIntake } from '#modules/intake';
import type { Packages } from '#modules/packages';
import { disposalsOfFonds } from '#modules/preservation';
import { createTransfers } from '#modules/transfer';

interface Parts {
  config: Config;
  db: Database;
  clock: Clock;
  audit: AuditTrail;
  newId: NewId;
  jobs: Jobs;
  log: Log;
  keyring: Keyring;
  staging: Staging;
  digests: DigestPool;
  holdings: Holdings;
  packages: Packages;
  masterKey: Uint8Array;
  identity: Identity;
  checks: Checks;
  vault: PersonalVault;
  authorities: Authorities;
  fold(text: string): string;
  today(): string;
}

/** What goes on between agencies and archives: what comes in from their systems, filing on the one side, handover to the other. */
export function agencyHouse(parts: Parts) {
  const { config, holdings } = parts;
  const classified = createClassified({
    ...parts,
    folder: join(config.dataDir, 'blocked/doors'),
    key: parts.masterKey,
  });
  const filing = createFiling({
    ...parts,
    classified,
    content: contentStore(join(config.dataDir, 'filing')),
    batch: (tx, id) => transfers.named(tx, id),
    timeZone: config.timezone,
  });
  const transfers = createTransfers({
    ...parts,
    filing,
    arrived: (tx, batch) => deposits.arrived(tx, batch),
    takenIn: (tx, id) => accessions.handedOver(tx, id),
    deposits: {
      outcome: (batch, signal) => deposits.outcome(batch, signal),
      kept: (batch) => deposits.keptOutcome(batch),
    },
    archives: holdings.archives,
    agencies: holdings.agenciesIn,
    limits: config.packageLimits,
    folder: join(config.dataDir, 'transfer'),
    scratch: join(config.dataDir, 'scratch'),
    timeZone: config.timezone,
  });
  const deposits = createDeposits({
    ...parts,
    classified,
    filing,
    archives: holdings.archives,
    agencies: holdings.agenciesIn,
    arrived: (batchId) => transfers.arrivedBatch(batchId),
    limits: config.packageLimits,
    folder: join(config.dataDir, 'deposits'),
    scratch: join(config.dataDir, 'scratch'),
    keepYears: config.deposits.keepYears,
    unsealedDays: config.deposits.unsealedDays,
    cycleDays: config.copies.cycleDays,
    timeZone: config.timezone,
  });
  const intake = createIntake({
    ...parts,
    filing,
    transfers,
    deposits,
    archives: holdings.archives,
    agencies: holdings.agenciesIn,
    fondsOfAgencies: holdings.fondsOfAgencies,
    scan: config.scanner && createScanner(config.scanner).scan,
    folder: join(config.dataDir, 'intake'),
    drop: config.drop,
    keepDays: config.intakeKeepDays,
    timeZone: config.timezone,
  });
  const guidance = createGuidance({
    ...parts,
    classified,
    filing,
    content: contentStore(join(config.dataDir, 'notices')),
    due: [filing.due, transfers.due, deposits.due],
    timeZone: config.timezone,
  });
  const fondsFiles = createFondsFiles({
    ...parts,
    classified,
    content: contentStore(join(config.dataDir, 'fondsfile')),
    lines: [holdings.fondsLines, transfers.fondsLines, disposalsOfFonds],
    timeZone: config.timezone,
  });
  const accessions = createAccessions({
    ...parts,
    classified,
    archives: holdings.archives,
    content: contentStore(join(config.dataDir, 'accessions')),
    handovers: transfers.accepted,
    timeZone: config.timezone,
  });
  return { accessions, classified, deposits, filing, guidance, transfers, intake, fondsFiles };
}
