import type { MessageKey } from './zh-CN.ts';
import { access } from './zh-TW/access.ts';
import { accessionPapers } from './zh-TW/accessionPapers.ts';
import { accessions } from './zh-TW/accessions.ts';
import { accessionTold } from './zh-TW/accessionTold.ts';
import { account } from './zh-TW/account.ts';
import { arrangement } from './zh-TW/arrangement.ts';
import { audit } from './zh-TW/audit.ts';
import { authorities } from './zh-TW/authorities.ts';
import { backup } from './zh-TW/backup.ts';
import { certificates } from './zh-TW/certificates.ts';
import { changes } from './zh-TW/changes.ts';
import { checkItems } from './zh-TW/checkItems.ts';
import { checks } from './zh-TW/checks.ts';
import { classified } from './zh-TW/classified.ts';
import { codeTemplates } from './zh-TW/codeTemplates.ts';
import { collecting } from './zh-TW/collecting.ts';
import { deposit } from './zh-TW/deposit.ts';
import { descriptionSchemes } from './zh-TW/descriptionSchemes.ts';
import { deskHelp } from './zh-TW/deskHelp.ts';
import { disposal } from './zh-TW/disposal.ts';
import { errors } from './zh-TW/errors.ts';
import { examination } from './zh-TW/examination.ts';
import { fields } from './zh-TW/fields.ts';
import { filing } from './zh-TW/filing.ts';
import { filingRecords } from './zh-TW/filingRecords.ts';
import { findings } from './zh-TW/findings.ts';
import { fondsFile } from './zh-TW/fondsFile.ts';
import { formats } from './zh-TW/formats.ts';
import { formatsPage } from './zh-TW/formatsPage.ts';
import { guidance } from './zh-TW/guidance.ts';
import { holdings } from './zh-TW/holdings.ts';
import { imports } from './zh-TW/imports.ts';
import { intake } from './zh-TW/intake.ts';
import { item } from './zh-TW/item.ts';
import { media } from './zh-TW/media.ts';
import { metadata } from './zh-TW/metadata.ts';
import { objectPage } from './zh-TW/objectPage.ts';
import { people } from './zh-TW/people.ts';
import { personal } from './zh-TW/personal.ts';
import { portal } from './zh-TW/portal.ts';
import { preservation } from './zh-TW/preservation.ts';
import { preservationPage } from './zh-TW/preservationPage.ts';
import { printing } from './zh-TW/printing.ts';
import { rulesEark } from './zh-TW/rulesEark.ts';
import { rulesPackages } from './zh-TW/rulesPackages.ts';
import { rulesRecords } from './zh-TW/rulesRecords.ts';
import { scans } from './zh-TW/scans.ts';
import { search } from './zh-TW/search.ts';
import { sheets } from './zh-TW/sheets.ts';
import { shell } from './zh-TW/shell.ts';
import { tables } from './zh-TW/tables.ts';
import { trail } from './zh-TW/trail.ts';
import { transfer } from './zh-TW/transfer.ts';
import { transferSheet } from './zh-TW/transferSheet.ts';
import { trust } from './zh-TW/trust.ts';
import { verify } from './zh-TW/verify.ts';
import { visibility } from './zh-TW/visibility.ts';
import { words } from './zh-TW/words.ts';

export const zhTW: Readonly<Record<MessageKey, string>> = {
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
};
