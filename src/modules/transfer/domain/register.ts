import type { Json } from '#kernel/canonical';
import type { StatementType } from '#kernel/signing/statement';
import type { CheckSummary } from '../store/batches.ts';
import type { MediaSet } from './media.ts';

/** The register signed by the agency when it sends, and by both when the archive has accepted. */
export const AGENCY_REGISTER: StatementType = 'lantai/handover';
export const REGISTER: StatementType = 'lantai/register';
/** What the agency keeps: what was taken in, signed by the archive. */
export const RECEIPT: StatementType = 'lantai/receipt';

/** A person who answers for one side, and when. */
export interface Voice {
  id: string | null;
  name: string;
  at: Date;
}

export interface RegisterFacts {
  batch: {
    id: string;
    number: string;
    round: number;
    title: string;
    content: string;
    files: number;
    entries: number;
    bytes: number;
    kind: string | null;
    packageName: string | null;
    manifest: string | null;
    carrier: 'online' | 'offline';
    media: MediaSet | null;
  };
  archive: { code: string; name: string };
  agency: { code: string; name: string };
  filledInBy: Voice;
  checkedBy: Voice;
  precheck: CheckSummary | null;
}

/** GB with three decimals, as the register asks for [S:T2012]. */
export const gigabytes = (bytes: number): string => (bytes / 1024 ** 3).toFixed(3);

/** What a batch came to beside earlier deposits (登记备份) of its agency, file by file. */
export interface DepositOutcome {
  /** Numbers of the deposits that met it. */
  deposits: readonly string[];
  same: number;
  changed: number;
  missing: number;
  added: number;
  at: Date;
}

/** The same as a field of the register that the archive signs. */
export const depositsCompared = ({ deposits, ...c }: DepositOutcome): { [key: string]: Json } => ({
  登记号: [...deposits],
  相同: c.same,
  不同: c.changed,
  缺少: c.missing,
  新增: c.added,
  比对时间: c.at.toISOString(),
});

const voice = ({ id, name, at }: Voice): { [key: string]: Json } => ({ id, name, at: at.toISOString() });
const checked = (check: CheckSummary | null): Json =>
  check && {
    qualified: check.qualified,
    verdict: check.verdict ?? null,
    errors: check.errors,
    warnings: check.warnings,
    run: check.runId,
  };

/** Carriers: of an on-line handover the package, off-line each medium with the digest of its lines of the list. */
function carriersOf({ carrier, media, packageName, number }: RegisterFacts['batch']): {
  [key: string]: Json;
} {
  const [first] = media?.media ?? [];
  const last = media?.media.at(-1);
  if (carrier === 'online' || !media || !first || !last)
    return { 载体起止顺序号: packageName ?? number, 移交载体类型规格: '在线' };
  return {
    载体起止顺序号: `${first.number}至${last.number}`,
    移交载体类型规格: `离线，${media.media.length}张，每张至多${gigabytes(media.mediumBytes)} GB`,
    载体: media.media.map((m) => ({
      载体编号: m.number,
      文件: m.files,
      数字摘要: m.sha256,
      实际容量: `${gigabytes(m.bytes)} GB`,
    })),
  };
}

/**
 * 电子档案移交与接收登记表 as the agency fills it in and signs it: its fields (电子档案移交与接收办法 2012, annex 1), on-line
 * transfer being written 在线. The digests of all files stand in the manifest, of which the digest is here.
 */
export function registerOf(f: RegisterFacts): { [key: string]: Json } {
  const { batch } = f;
  return {
    batch: batch.number,
    round: batch.round,
    交接工作名称: batch.title,
    内容描述: batch.content,
    移交电子档案数量: { 件: f.precheck?.records ?? batch.entries, 文件: batch.files },
    移交数据量: `${gigabytes(batch.bytes)} GB`,
    bytes: batch.bytes,
    ...carriersOf(batch),
    package: { name: batch.packageName ?? '', kind: batch.kind ?? '' },
    数字摘要: { algorithm: 'sha256', manifest: batch.manifest ?? '' },
    移交单位: { code: f.agency.code, name: f.agency.name },
    接收单位: { code: f.archive.code, name: f.archive.name },
    移交单位检验: checked(f.precheck),
    填表人: voice(f.filledInBy),
    审核人: voice(f.checkedBy),
  };
}
