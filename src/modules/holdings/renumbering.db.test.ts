import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { historyOf } from '#kernel/audit';
import { sql } from '#kernel/db';
import { ALL, type SmallHouse, smallHouse } from '../../../test/support/house.ts';

let house: SmallHouse;
let fonds: string;
const archivist = () => house.person(ALL, house.county);

beforeAll(async () => {
  house = await smallHouse();
  const f = { archiveId: house.county, number: 'J019', name: '县民政局' };
  fonds = (await house.holdings.addFonds(archivist(), f)).id;
});
afterAll(() => house.close());

const REASON = '件号与纸质目录不符，按纸质目录改正';

/** An entry whose number the engine gives, in a class of its own. */
async function given(year: string) {
  const values = { category: 'WS', year, retention: 'Y' };
  const id = await house.holdings.createUnit(archivist(), {
    fondsId: fonds,
    title: '通知',
    code: { values },
  });
  return { id, code: (await read(id)).unit.referenceCode! };
}
const read = (id: string) => house.holdings.readUnit(archivist(), id);

async function renumber(id: string, referenceCode: string | null, codeReason: string | null = REASON) {
  const { version } = (await read(id)).unit;
  await house.holdings.correctUnit(archivist(), id, version, { referenceCode, codeReason });
}
const voids = async (who = archivist()) =>
  (await house.holdings.voidCodes(who, { fondsId: fonds, limit: 50 })).items;

describe('renumbering an entry', () => {
  it('needs a reason', async () => {
    const { id, code } = await given('2001');
    await expect(renumber(id, 'J019-WS·2001·Y-0100', ' ')).rejects.toMatchObject({ code: 'unit.codeReason' });
    expect((await read(id)).unit.referenceCode).toBe(code);
    // A first code, and a correction that leaves the code alone, need none.
    const plain = await house.holdings.createUnit(archivist(), { fondsId: fonds, title: '无号' });
    await renumber(plain, 'J019-WS·2001·Y-0200', null);
    await house.holdings.correctUnit(archivist(), id, 1, { title: '改题名', referenceCode: code });
  });

  it('keeps the old code as another name and records its number as void with the reason', async () => {
    const { id, code } = await given('2002');
    await renumber(id, 'J019-WS·2002·Y-0105');
    await expect(house.holdings.findByCode(archivist(), house.county, code)).resolves.toBe(id);
    expect((await read(id)).aliases).toEqual([code]);
    expect((await voids()).find((v) => v.code === code)).toMatchObject({
      reason: REASON,
      actorName: '王某',
      unitId: id,
      referenceCode: 'J019-WS·2002·Y-0105',
    });
    const history = await house.db.system((tx) => historyOf(tx, { type: 'unit', id }, { limit: 5 }));
    expect(history[0]).toMatchObject({
      act: 'unit.renumbered',
      detail: { from: code, to: 'J019-WS·2002·Y-0105', reason: REASON, void: true },
    });
  });

  it('never gives a void number again, by the engine or by hand', async () => {
    const { id, code } = await given('2003');
    await renumber(id, null);
    expect((await given('2003')).code).toBe('J019-WS·2003·Y-0002');
    const typed = house.holdings.createUnit(archivist(), {
      fondsId: fonds,
      title: '又一件',
      referenceCode: code,
    });
    await expect(typed).rejects.toMatchObject({ code: 'unit.duplicate' });
    // Also when nothing bears the old code as its other name.
    await sql`delete from holdings.code_alias where code = ${code}`.execute(house.db.owner);
    const again = house.holdings.createUnit(archivist(), {
      fondsId: fonds,
      title: '又一件',
      referenceCode: code,
    });
    await expect(again).rejects.toMatchObject({ code: 'unit.codeVoid', detail: { reason: REASON } });
    expect((await voids()).find((v) => v.code === code)).toMatchObject({ unitId: null });
  });

  it('records no void number where none was given: the code came with a catalogue', async () => {
    const code = 'J019-WS·2004·Y-0007';
    const id = await house.holdings.createUnit(archivist(), {
      fondsId: fonds,
      title: '旧目录',
      referenceCode: code,
    });
    await renumber(id, 'J019-WS·2004·Y-0008');
    await expect(house.holdings.findByCode(archivist(), house.county, code)).resolves.toBe(id);
    expect((await voids()).some((v) => v.code === code)).toBe(false);
  });

  it('gives an entry its own number back, and the number is void no more', async () => {
    const { id, code } = await given('2005');
    await renumber(id, 'J019-WS·2005·Y-0002');
    await renumber(id, code, '改错了，恢复原号');
    const view = await read(id);
    expect(view.unit.referenceCode).toBe(code);
    expect(view.aliases).toEqual(['J019-WS·2005·Y-0002']);
    expect((await voids()).some((v) => v.code === code)).toBe(false);
  });

  it('shows void numbers to nobody of another archive', async () => {
    expect((await voids()).length).toBeGreaterThan(0);
    expect(await voids(house.person(ALL, house.neighbour))).toEqual([]);
  });
});
