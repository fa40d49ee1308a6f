import type { Json } from '#kernel/canonical';
import type { Tx } from '#kernel/db';
import { type StatementType, signStatement } from '#kernel/signing/statement';
import type { Archive } from '#modules/holdings';
import type { DepositDeps } from './deps.ts';
import type { Deposit } from './store/deposits.ts';

/** 登记备份证明: that the archive keeps these files sealed, since when and until when [S:BAK]. */
export const DEPOSIT_RECEIPT: StatementType = 'lantai/deposit';

/** @returns the statement, byte for byte */
export async function signDeposit(
  deps: Pick<DepositDeps, 'keyring' | 'clock'>,
  tx: Tx,
  archive: Archive,
  d: Deposit,
  kept: { files: number; bytes: number; manifest: string; keptUntil: string },
): Promise<string> {
  const now = deps.clock.now();
  const keys = await deps.keyring.signing(tx, archive);
  const payload: { [key: string]: Json } = {
    登记号: d.number,
    archive: { code: archive.code, name: archive.name },
    单位: { code: d.agencyCode, name: d.agencyName },
    title: d.title,
    系统: d.system,
    文件类别: d.category,
    时段: { from: d.yearFrom, to: d.yearTo },
    数量: kept.files,
    bytes: kept.bytes,
    manifest: { algorithm: 'sha256', digest: kept.manifest },
    载体: 'on-line',
    madeBy: d.madeByName,
    登记日期: now.toISOString(),
    有效期: kept.keptUntil,
  };
  return signStatement(keys, { type: DEPOSIT_RECEIPT, payload, now }).toString('utf8');
}
