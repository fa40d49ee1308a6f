import { access } from './zh-CN/access.ts';
import { accessionPapers } from './zh-CN/accessionPapers.ts';
import { accessions } from './zh-CN/accessions.ts';
import { accessionTold } from './zh-CN/accessionTold.ts';
import { account } from './zh-CN/account.ts';
import { arrangement } from './zh-CN/arrangement.ts';
import { audit } from './zh-CN/audit.ts';
import { authorities } from './zh-CN/authorities.ts';
import { backup } from './zh-CN/backup.ts';
import { certificates } from './zh-CN/certificates.ts';
import { changes } from './zh-CN/changes.ts';
import { checkItems } from './zh-CN/checkItems.ts';
import { checks } from './zh-CN/checks.ts';
import { classified } from './zh-CN/classified.ts';
import { codeTemplates } from './zh-CN/codeTemplates.ts';
import { collecting } from './zh-CN/collecting.ts';
import { deposit } from './zh-CN/deposit.ts';
import { descriptionSchemes } from './zh-CN/descriptionSchemes.ts';
import { deskHelp } from './zh-CN/deskHelp.ts';
import { disposal } from './zh-CN/disposal.ts';
import { errors } from './zh-CN/errors.ts';
import { examination } from './zh-CN/examination.ts';
import { fields } from './zh-CN/fields.ts';
import { filing } from './zh-CN/filing.ts';
import { filingRecords } from './zh-CN/filingRecords.ts';
import { findings } from './zh-CN/findings.ts';
import { fondsFile } from './zh-CN/fondsFile.ts';
import { formats } from './zh-CN/formats.ts';
import { formatsPage } from './zh-CN/formatsPage.ts';
import { guidance } from './zh-CN/guidance.ts';
import { holdings } from './zh-CN/holdings.ts';
import { imports } from './zh-CN/imports.ts';
import { intake } from './zh-CN/intake.ts';
import { item } from './zh-CN/item.ts';
import { media } from './zh-CN/media.ts';
import { metadata } from './zh-CN/metadata.ts';
import { objectPage } from './zh-CN/objectPage.ts';
import { people } from './zh-CN/people.ts';
import { personal } from './zh-CN/personal.ts';
import { portal } from './zh-CN/portal.ts';
import { preservation } from './zh-CN/preservation.ts';
import { preservationPage } from './zh-CN/preservationPage.ts';
import { printing } from './zh-CN/printing.ts';
import { rulesEark } from './zh-CN/rulesEark.ts';
import { rulesPackages } from './zh-CN/rulesPackages.ts';
import { rulesRecords } from './zh-CN/rulesRecords.ts';
import { scans } from './zh-CN/scans.ts';
import { search } from './zh-CN/search.ts';
import { sheets } from './zh-CN/sheets.ts';
import { shell } from './zh-CN/shell.ts';
import { tables } from './zh-CN/tables.ts';
import { trail } from './zh-CN/trail.ts';
import { transfer } from './zh-CN/transfer.ts';
import { transferSheet } from './zh-CN/transferSheet.ts';
import { trust } from './zh-CN/trust.ts';
import { verify } from './zh-CN/verify.ts';
import { visibility } from './zh-CN/visibility.ts';
import { words } from './zh-CN/words.ts';

/** The source catalogue: its keys are the keys of all. Each area is a file of the same name in every language. */
export const zhCN = {
  ...access,
  ...accessionPapers,
  ...accessionTold,
  ...accessions,
  ...collecting,
  ...arrangement,
  ...audit,
  ...account,
  ...authorities,
  ...backup,
  ...certificates,
  ...changes,
  ...checkItems,
  ...checks,
  ...classified,
  ...codeTemplates,
  ...deposit,
  ...descriptionSchemes,
  ...deskHelp,
  ...disposal,
  ...errors,
  ...examination,
  ...fields,
  ...filing,
  ...filingRecords,
  ...findings,
  ...fondsFile,
  ...formats,
  ...formatsPage,
  ...guidance,
  ...holdings,
  ...imports,
  ...intake,
  ...item,
  ...objectPage,
  ...media,
  ...metadata,
  ...people,
  ...personal,
  ...portal,
  ...preservationPage,
  ...printing,
  ...rulesEark,
  ...rulesPackages,
  ...rulesRecords,
  ...scans,
  ...preservation,
  ...search,
  ...sheets,
  ...shell,
  ...trail,
  ...tables,
  ...transfer,
  ...transferSheet,
  ...trust,
  ...verify,
  ...visibility,
  ...words,
} as const;

export type MessageKey = keyof typeof zhCN;
