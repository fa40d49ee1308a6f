import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sql } from '#kernel/db';
import { ALL, type SmallHouse, smallHouse } from '../../test/support/house.ts';
import { search } from './search.ts';

let house: SmallHouse;
beforeAll(async () => {
  house = await smallHouse();
  await sql`update holdings.archive set name_hant = '石橋縣檔案館', name_en = 'Shiqiao County Archives'
    where id = ${house.county}`.execute(house.db.owner);
});
afterAll(() => house.close());

describe('an answer of the search', () => {
  it('names archives in the language of the person who asks, beside the filters too', async () => {
    const archivist = house.person(ALL, house.county);
    const f = { archiveId: house.county, number: 'J019', name: '县民政局' };
    const fonds = await house.holdings.addFonds(archivist, f);
    await house.holdings.createUnit(archivist, { fondsId: fonds.id, title: '婚姻登记的通知' });
    const named = async (language: 'zh-CN' | 'zh-TW' | 'en') => {
      const { facets } = await search(house, { ...archivist, language }, { q: '婚姻' });
      return facets.archive.map((one) => one.label);
    };
    expect(await named('zh-CN')).toEqual(['石桥县档案馆']);
    expect(await named('zh-TW')).toEqual(['石橋縣檔案館']);
    expect(await named('en')).toEqual(['Shiqiao County Archives']);
  });
});
