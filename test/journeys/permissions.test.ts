import { randomUUID } from 'node:crypto';
import { beforeAll, expect, it } from 'vitest';
import { type Api, apiOf } from './harness/api.ts';
import type { House } from './harness/house.ts';
import { journey } from './harness/journey.ts';
import { addPerson, type Founded, type Person, signIn } from './harness/people.ts';
import { archiveId, CLERK, furnish, textRead, unitId } from './harness/stock.ts';
import { w } from './harness/words.ts';
import { SCANS } from './material/scans.ts';

const CITY: Founded = { code: '990101', name: '青岚市档案馆', level: 'city' };
/** An archive below: who works there has no rights above. */
const NEIGHBOUR = { code: '990112', name: '白鹭县档案馆', level: 'county' };
const STRANGER: Person = {
  username: 'linmou',
  password: 'bai-lu-xian-2026',
  name: '林白鹭',
  roles: ['archivist', 'approver'],
  archive: NEIGHBOUR.code,
};
const READER: Person = {
  username: 'shumou',
  password: 'yue-lan-shi-2026',
  name: '舒阅',
  roles: ['reader'],
  archive: CITY.code,
};
/** Keeps accounts and the network of archives. */
const KEEPER: Person = {
  username: 'luomou',
  password: 'ji-fang-yuan-2026',
  name: '罗机房',
  roles: ['administrator'],
  archive: CITY.code,
};
/** Works here, and reads no records. */
const AUDITOR: Person = {
  username: 'jiangmou',
  password: 'shen-ji-yuan-2026',
  name: '江审计',
  roles: ['auditor'],
  archive: CITY.code,
};

journey('Nobody sees what they may not: the same closed record, asked for at every door', (world) => {
  let house: House;
  let staff: Api;
  let strangers: Record<string, Api>;
  let unit: string;

  beforeAll(async () => {
    house = world.house;
    const first = await furnish(world, CITY);
    unit = await unitId(first, SCANS.codes.pdf, CITY);
    await addPerson(house, KEEPER);
    const keeper = await apiOf(house.url, KEEPER);
    const founded = await keeper.post('/api/v1/archives', {
      ...NEIGHBOUR,
      parentId: await archiveId(first, CITY.code),
    });
    expect(founded.status, await founded.clone().text()).toBe(201);
    await addPerson(house, STRANGER);
    await addPerson(house, AUDITOR);
    staff = await apiOf(house.url, CLERK);
    await textRead(staff, unit);
    strangers = {
      'the public': await apiOf(house.url),
      'the neighbouring archive': await apiOf(house.url, STRANGER),
      'the auditor': await apiOf(house.url, AUDITOR),
    };
  });

  /** Every address a record can be read at. */
  const doors = (id: string) => [
    `/api/v1/units/${id}`,
    `/api/v1/units/${id}/pages`,
    `/api/v1/units/${id}/pages/2/text`,
    `/api/v1/units/${id}/history`,
    `/api/v1/units/${id}/content/1`,
    `/iiif/image/${id}~1/info.json`,
    `/iiif/image/${id}~1/full/!240,240/0/default.jpg`,
    `/iiif/image/${id}~1/0,0,512,512/512,512/0/default.jpg`,
    `/iiif/presentation/${id}/manifest.json`,
  ];
  const portal = (id: string) => [`/item/${id}`, `/item/${id}/page/1`];
  /** An answer without what differs from one asking to the next. */
  const bare = async (answer: Response) =>
    `${answer.status} ${(await answer.text()).replaceAll(/[0-9a-f-]{36}/g, 'ID').replaceAll(/"reference":"[^"]*"/g, '')}`;

  it('1. its own staff see it at every door', async () => {
    for (const door of doors(unit)) expect((await staff.get(door)).status, door).toBe(200);
    // The file as held is for those who keep it: who reads looks at pages.
    await addPerson(house, READER);
    const reader = await apiOf(house.url, READER);
    for (const door of doors(unit))
      expect((await reader.get(door)).status, door).toBe(door.includes('/content/') ? 404 : 200);
  });

  it('2. to everybody else it is not there, and looks exactly like what does not exist', async () => {
    const nothing = randomUUID();
    const none = doors(nothing);
    for (const [who, api] of Object.entries(strangers)) {
      for (const [n, door] of doors(unit).entries()) {
        const answer = await api.get(door);
        // The history is for staff at all: who is none is turned away before any record is looked for.
        const refusals = door.endsWith('/history') ? [401, 403, 404] : [404];
        expect(refusals, `${who}: ${door}`).toContain(answer.status);
        expect(await bare(answer), `${who}: ${door}`).toBe(await bare(await api.get(none[n] ?? '')));
      }
    }
  });

  it('3. nor on the public pages, to its own staff either', async () => {
    for (const [who, api] of Object.entries({ ...strangers, staff }))
      for (const door of portal(unit)) expect((await api.get(door)).status, `${who}: ${door}`).toBe(404);
  });

  it('4. search does not count it, neither by its words, nor its text, nor its code', async () => {
    for (const words of ['第3号', SCANS.inPdf.simplified, SCANS.codes.pdf]) {
      const q = `/api/v1/search?q=${encodeURIComponent(words)}`;
      const seen = await staff.read<{ total: number }>(q);
      expect(seen.total, words).toBeGreaterThan(0);
      for (const [who, api] of Object.entries(strangers)) {
        const answer = await api.read<{ total: number; hits: unknown[]; facets: object }>(q);
        expect(answer, `${who}: ${words}`).toMatchObject({ total: 0, hits: [] });
        expect(Object.values(answer.facets).flat(), `${who}: ${words}`).toEqual([]);
      }
    }
  });

  it('5. lists, workbooks and codes do not give it away', async () => {
    const archive = await archiveId(staff, CITY.code);
    const code = encodeURIComponent(SCANS.codes.pdf);
    for (const [who, api] of Object.entries(strangers)) {
      const byCode = await api.get(`/api/v1/units/by-code?archive=${archive}&code=${code}`);
      expect(byCode.ok, `${who}: by code`).toBe(false);
      const list = await api.get(`/api/v1/archives/${archive}/units`);
      if (list.ok) expect(await list.json(), `${who}: list`).toMatchObject({ items: [] });
      const sheet = await api.get(`/api/v1/archives/${archive}/units.xlsx?ids=${unit}`);
      if (sheet.ok) {
        const text = Buffer.from(await sheet.arrayBuffer()).toString('latin1');
        expect(text, `${who}: workbook`).not.toContain(unit);
      }
    }
  });

  it('6. they can not change it or have it certified', async () => {
    const certificate = {
      unitId: unit,
      pages: [1],
      include: 'images',
      matter: '试',
      applicant: { name: '林某', idType: 'other', idNumber: '1' },
      purpose: 'other',
      language: 'zh-CN',
    };
    const { version } = await staff.read<{ version: number }>(`/api/v1/units/${unit}`);
    const archive = await archiveId(staff, CITY.code);
    const change = { archiveId: archive, unitIds: [unit], status: 'open', reason: '试' };
    for (const [who, api] of Object.entries(strangers)) {
      const answers = [
        await api.post('/api/v1/certificates', certificate),
        await api.post('/api/v1/access-changes', change),
        await api.post(`/api/v1/units/${unit}/move`, { parentId: null, version }),
      ];
      for (const answer of answers) expect([401, 403, 404], `${who}: ${answer.url}`).toContain(answer.status);
    }
    expect(await staff.read(`/api/v1/units/${unit}`)).toMatchObject({ version, accessStatus: 'unreviewed' });
  });

  it('7. in the console a link to it leads the neighbour to a page that says nothing is here', async () => {
    const neighbour = await world.visitor();
    neighbour.guard.expect(404, '/api/v1/units/');
    await signIn(neighbour.page, STRANGER);
    await neighbour.page.goto(`/console/units/${unit}`);
    await neighbour.page.getByText(w('nothing.title')).waitFor();
    expect(await neighbour.page.getByText('第3号').count()).toBe(0);
    await neighbour.page.goto(`/console/holdings?archive=${CITY.code}`);
    expect(await neighbour.page.getByText(CITY.name).count()).toBe(0);
    await neighbour.close();
  });
});
