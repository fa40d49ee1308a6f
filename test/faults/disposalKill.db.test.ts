import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifyFile } from '#formats/certificate';
import { scopeOf } from '#kernel/actor';
import { find } from '#modules/search';
import { type KeptHouse, keptHouse } from '../support/keptHouse.ts';
import { runAndKill } from '../support/killedJob.ts';

const ROUNDS = Number(process.env.LANTAI_FAULT_ROUNDS ?? 2);
const UNITS = 4;
let kept: KeptHouse;
beforeAll(async () => {
  kept = await keptHouse();
});
afterAll(() => kept.close());

const foundBy = async (q: string) =>
  (await kept.db.as(scopeOf(kept.keeper), (tx) => find(tx, { q, limit: 50 }))).hits.map((h) => h.id);

/** Whole, or gone and named by a signed order that lies in the root. */
async function isNothingHalf(id: string, units: readonly string[]): Promise<void> {
  const { repository } = kept.house.preservation;
  await repository.sweepStaging();
  const gone: string[] = [];
  for (const unit of units) {
    const object = `urn:uuid:${unit}`;
    if (!(await repository.exists(object))) gone.push(object);
    else expect((await repository.verify(object)).filter((f) => f.severity === 'error')).toEqual([]);
  }
  if (gone.length === 0) return;
  const { stream } = await repository.openFile(`urn:lantai:disposal:${id}`, 'list/00001.jsonl', {
    verify: true,
  });
  const list = await text(stream);
  for (const object of gone) expect(list).toContain(object);
}

describe('destroying killed at any moment', () => {
  it('leaves every object whole or named in the root as gone, and is brought to its end', {
    timeout: 600_000 + ROUNDS * 60_000,
  }, async () => {
    const [stays = ''] = await kept.hold([
      { code: 'J019-WS·2003·D10-0000', title: '留存', text: '松竹梅兰不销毁' },
    ]);
    for (let round = 1; round <= ROUNDS; round++) {
      const word = `桃红柳绿第${round}轮之辞`;
      const units = await kept.hold(
        Array.from({ length: UNITS }, (_, i) => ({
          code: `J019-WS·2003·D10-${String(round * 10 + i).padStart(4, '0')}`,
          title: `第${round}轮`,
          text: word,
        })),
      );
      const id = await kept.house.disposals.propose(kept.keeper, {
        archiveId: kept.archive,
        unitIds: units,
        title: `第${round}轮`,
        reason: '期满',
        basis: '鉴定意见',
      });
      for (const name of ['李某', '赵某'])
        await kept.house.disposals.decide(kept.person(name), id, 'agreed', null);
      await runAndKill(
        kept,
        { name: 'destroy-content', data: { id } },
        { steps: 1 + Math.floor(Math.random() * (2 * UNITS + 1)), moments: 60 },
      );
      await isNothingHalf(id, units);
      for (
        let tries = 0;
        (await kept.house.disposals.disposal(kept.keeper, id)).disposal.state !== 'done';
        tries++
      ) {
        expect(tries, 'a run or two bring it to its end').toBeLessThan(3);
        await kept.run('destroy-content', { id });
      }
      expect(await foundBy(word)).toEqual([]);
      for (const unit of units) {
        expect(await kept.house.preservation.repository.leavesAnything(`urn:uuid:${unit}`)).toBe(false);
        expect((await kept.house.holdings.readUnit(kept.keeper, unit)).unit.pageCount).toBe(0);
      }
      const { certificate } = await kept.house.disposals.certificate(kept.keeper, id);
      expect(
        await verifyFile(Buffer.from(certificate ?? '', 'utf8'), {
          trust: [await kept.house.access.trust('990111')],
          now: kept.house.clock.now(),
        }),
      ).toMatchObject({ verdict: 'genuine', payload: { units: UNITS, files: expect.any(Number) } });
    }
    expect(await foundBy('松竹梅兰')).toEqual([stays]);
    expect(await kept.house.preservation.repository.verify(`urn:uuid:${stays}`)).toEqual([]);
  });
});
