import { access } from './zh-CN/access.ts';
import { account } from './zh-CN/account.ts';
import { audit } from './zh-CN/audit.ts';
import { backup } from './zh-CN/backup.ts';
import { certificates } from './zh-CN/certificates.ts';
import { checkItems } from './zh-CN/checkItems.ts';
import { checks } from './zh-CN/checks.ts';
import { classified } from './zh-CN/classified.ts';
import { codeTemplates } from './zh-CN/codeTemplates.ts';
import { deposit } from './zh-CN/deposit.ts';
import { disposal } from './zh-CN/disposal.ts';
import { errors } from './zh-CN/errors.ts';
import { examination } from './zh-CN/examination.ts';
import { fields } from './zh-CN/fields.ts';
import { filing } from './zh-CN/filing.ts';
import { filingRecords } from './zh-CN/filingRecords.ts';
import { findings } from './zh-CN/findings.ts';
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
import { rulesEark } from './zh-CN/rulesEark.ts';
import { rulesPackages } from './zh-CN/rulesPackages.ts';
import { rulesRecords } from './zh-CN/rulesRecords.ts';
import { scans } from './zh-CN/scans.ts';
import { search } from './zh-CN/search.ts';
import { shell } from './zh-CN/shell.ts';
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
} as const;

export type MessageKey = keyof typeof zhCN;
