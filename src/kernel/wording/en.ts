import { access } from './en/access.ts';
import { accessionPapers } from './en/accessionPapers.ts';
import { accessions } from './en/accessions.ts';
import { accessionTold } from './en/accessionTold.ts';
import { account } from './en/account.ts';
import { arrangement } from './en/arrangement.ts';
import { audit } from './en/audit.ts';
import { authorities } from './en/authorities.ts';
import { backup } from './en/backup.ts';
import { certificates } from './en/certificates.ts';
import { changes } from './en/changes.ts';
import { checkItems } from './en/checkItems.ts';
import { checks } from './en/checks.ts';
import { classified } from './en/classified.ts';
import { codeTemplates } from './en/codeTemplates.ts';
import { collecting } from './en/collecting.ts';
import { deposit } from './en/deposit.ts';
import { descriptionSchemes } from './en/descriptionSchemes.ts';
import { deskHelp } from './en/deskHelp.ts';
import { disposal } from './en/disposal.ts';
import { errors } from './en/errors.ts';
import { examination } from './en/examination.ts';
import { fields } from './en/fields.ts';
import { filing } from './en/filing.ts';
import { filingRecords } from './en/filingRecords.ts';
import { findings } from './en/findings.ts';
import { fondsFile } from './en/fondsFile.ts';
import { formats } from './en/formats.ts';
import { formatsPage } from './en/formatsPage.ts';
import { guidance } from './en/guidance.ts';
import { holdings } from './en/holdings.ts';
import { imports } from './en/imports.ts';
import { intake } from './en/intake.ts';
import { item } from './en/item.ts';
import { media } from './en/media.ts';
import { metadata } from './en/metadata.ts';
import { objectPage } from './en/objectPage.ts';
import { people } from './en/people.ts';
import { personal } from './en/personal.ts';
import { portal } from './en/portal.ts';
import { preservation } from './en/preservation.ts';
import { preservationPage } from './en/preservationPage.ts';
import { printing } from './en/printing.ts';
import { rulesEark } from './en/rulesEark.ts';
import { rulesPackages } from './en/rulesPackages.ts';
import { rulesRecords } from './en/rulesRecords.ts';
import { scans } from './en/scans.ts';
import { search } from './en/search.ts';
import { sheets } from './en/sheets.ts';
import { shell } from './en/shell.ts';
import { tables } from './en/tables.ts';
import { trail } from './en/trail.ts';
import { transfer } from './en/transfer.ts';
import { transferSheet } from './en/transferSheet.ts';
import { trust } from './en/trust.ts';
import { verify } from './en/verify.ts';
import { visibility } from './en/visibility.ts';
import { words } from './en/words.ts';
import type { MessageKey } from './zh-CN.ts';

export const en: Readonly<Record<MessageKey, string>> = {
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
