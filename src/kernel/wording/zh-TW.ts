import type { MessageKey } from './zh-CN.ts';
import { access } from './zh-TW/access.ts';
import { account } from './zh-TW/account.ts';
import { audit } from './zh-TW/audit.ts';
import { backup } from './zh-TW/backup.ts';
import { certificates } from './zh-TW/certificates.ts';
import { checkItems } from './zh-TW/checkItems.ts';
import { checks } from './zh-TW/checks.ts';
import { classified } from './zh-TW/classified.ts';
import { codeTemplates } from './zh-TW/codeTemplates.ts';
import { deposit } from './zh-TW/deposit.ts';
import { disposal } from './zh-TW/disposal.ts';
import { errors } from './zh-TW/errors.ts';
import { examination } from './zh-TW/examination.ts';
import { fields } from './zh-TW/fields.ts';
import { filing } from './zh-TW/filing.ts';
import { filingRecords } from './zh-TW/filingRecords.ts';
import { findings } from './zh-TW/findings.ts';
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
import { rulesEark } from './zh-TW/rulesEark.ts';
import { rulesPackages } from './zh-TW/rulesPackages.ts';
import { rulesRecords } from './zh-TW/rulesRecords.ts';
import { scans } from './zh-TW/scans.ts';
import { search } from './zh-TW/search.ts';
import { shell } from './zh-TW/shell.ts';
import { trail } from './zh-TW/trail.ts';
import { transfer } from './zh-TW/transfer.ts';
import { transferSheet } from './zh-TW/transferSheet.ts';
import { trust } from './zh-TW/trust.ts';
import { verify } from './zh-TW/verify.ts';
import { visibility } from './zh-TW/visibility.ts';
import { words } from './zh-TW/words.ts';

export const zhTW: Readonly<Record<MessageKey, string>> = {
  ...access,
  ...audit,
  ...account,
  ...backup,
  ...certificates,
  ...checkItems,
  ...checks,
  ...classified,
  ...codeTemplates,
  ...deposit,
  ...disposal,
  ...errors,
  ...examination,
  ...fields,
  ...filing,
  ...filingRecords,
  ...findings,
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
  ...rulesEark,
  ...rulesPackages,
  ...rulesRecords,
  ...scans,
  ...preservation,
  ...search,
  ...shell,
  ...trail,
  ...transfer,
  ...transferSheet,
  ...trust,
  ...verify,
  ...visibility,
  ...words,
};
