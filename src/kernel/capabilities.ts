/** What a role may let a person do in an archive. */
export const CAPABILITIES = [
  'holdings.read',
  'holdings.write',
  // Describing by drafts that somebody who writes looks through before they count.
  'holdings.draft',
  // Looking at pages and reading their text; the file as held; taking out.
  'content.read',
  'master.read',
  'content.export',
  // Leave for one person in one case.
  'grants.manage',
  'import.run',
  'access.propose',
  'access.decide',
  'certificate.request',
  'certificate.approve',
  // Seeing masked personal data in full, for a reason.
  'personal.unmask',
  // How what is held fares: seeing it; verifying, mending, media sets. Destroying: asking and agreeing.
  'preservation.read',
  'preservation.manage',
  'disposal.propose',
  'disposal.decide',
  // What agencies file and hand over: seeing it; entering it; answering for it in the agency's name. The archive's part: retention
  // schedules, receiving, accepting. What bears a classification, for the security administrator alone.
  'filing.read',
  'filing.write',
  'filing.approve',
  'schedule.approve',
  'transfer.receive',
  'transfer.decide',
  // What comes to the archive and from whom: seeing the register; keeping it; deciding on what is bought, refused or given back.
  'accessions.read',
  'accessions.write',
  'accessions.decide',
  'secrets.handle',
  // Another system's: sending what its agency files. No person needs it.
  'intake.send',
  // The three administrators: accounts and configuration; roles and rights; the trail.
  'people.manage',
  // Places that hold copies, and backups; beside the accounts, the first administrator's.
  'stores.manage',
  'rights.manage',
  'audit.read',
  'audit.report',
  // Neither one's alone: who works here as what; agreeing to a change of rights; figures.
  'people.read',
  'rights.approve',
  'stats.read',
] as const;
export type Capability = (typeof CAPABILITIES)[number];
