import type { Locator, Page } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';
import { type Api, apiOf } from './harness/api.ts';
import type { Visitor } from './harness/browser.ts';
import { journey } from './harness/journey.ts';
import { look } from './harness/look.ts';
import { ARCHIVE, signIn } from './harness/people.ts';
import { archiveId, CLERK, furnish, unitId } from './harness/stock.ts';
import { w } from './harness/words.ts';
import { FONDS } from './material/catalogue.ts';

const BUREAU = '石桥县民政局';
const WRONG = `${FONDS}-WS·1984·D30-7001`;
const MEANT = `${FONDS}-WS·1984·D30-7002`;

journey('Help at the desk: suggestions taken with one key, and what is odd put right', (world) => {
  let clerk: Visitor;
  let page: Page;
  let api: Api;
  let archive = '';
  let fondsId = '';

  beforeAll(async () => {
    await furnish(world);
    api = await apiOf(world.house.url, CLERK);
    archive = await archiveId(api);
    const { items } = await api.read<{ items: { id: string; number: string }[] }>(
      `/api/v1/archives/${archive}/fonds?q=${FONDS}`,
    );
    fondsId = items.find((f) => f.number === FONDS)?.id ?? '';
    const made = await api.post('/api/v1/authorities', {
      archiveId: archive,
      kind: 'body',
      names: [
        { form: 'authorised', name: BUREAU, from: '1978' },
        { form: 'other', name: '石桥县革委会民政组', from: '1968', to: '1977' },
      ],
    });
    expect(made.status).toBe(201);
    clerk = await world.visitor();
    page = clerk.page;
    await signIn(page, CLERK);
  });

  const field = (name: string): Locator => page.getByLabel(name, { exact: true });
  const offered = (name: string): Locator =>
    page.getByRole('list', { name: w('deskHelp.list', { field: name }), exact: true });
  const newEntry = async (on: Page = page): Promise<void> => {
    await on.goto(`/console/units/new?archive=${ARCHIVE.code}&fonds=${fondsId}`);
    await on.getByRole('heading', { level: 1 }).waitFor();
  };

  it('1. a title is gone on with, and a number in any brackets gives its form, its year and its office', async () => {
    await newEntry();
    const title = field(w('field.title'));
    await title.click();
    await title.pressSequentially('石桥县民政局关于学');
    await offered(w('field.title'))
      .getByText('石桥县民政局关于学校建设的', { exact: false })
      .first()
      .waitFor();
    await look(clerk, 'desk-01-title');
    expect(await title.inputValue()).toBe('石桥县民政局关于学');
    await page.keyboard.press('Alt+Enter');
    expect(await title.inputValue()).toMatch(/^石桥县民政局关于学校建设的.+（第\d+号）$/);

    const number = field(w('field.docNo'));
    await number.click();
    await number.pressSequentially('石民[1984]88号');
    await offered(w('field.docNo')).getByText('石民〔1984〕88号').waitFor();
    await page.keyboard.press('Alt+Enter');
    expect(await number.inputValue()).toBe('石民〔1984〕88号');
    for (const [name, value] of [
      [w('field.creator'), BUREAU],
      [w('field.year'), '1984'],
    ] as const) {
      await field(name).focus();
      await offered(name).getByText(value, { exact: true }).waitFor();
      await look(clerk, `desk-02-${value === '1984' ? 'year' : 'office'}`);
      await page.keyboard.press('Alt+Enter');
      expect(await field(name).inputValue()).toBe(value);
    }
  });

  it('2. a year that does not agree is told, Esc puts it away, and nothing was changed by itself', async () => {
    await field(w('field.date')).fill('19840312');
    await field(w('field.year')).fill('1948');
    const told = offered(w('field.year'));
    await told.getByText('1984', { exact: true }).waitFor();
    await told.getByText(w('deskHelp.odd.yearDate', { year: '1948', date: '19840312' })).waitFor();
    await look(clerk, 'desk-03-odd-year');
    await page.keyboard.press('Escape');
    await told.waitFor({ state: 'detached' });
    expect(await field(w('field.year')).inputValue()).toBe('1948');
    await field(w('field.year')).fill('1984');
  });

  it('3. a name one character off, and one from before its time, are proposed as the list has them', async () => {
    const creator = field(w('field.creator'));
    await creator.fill('石桥县民正局');
    await offered(w('field.creator')).getByText(BUREAU, { exact: true }).waitFor();
    expect(
      await offered(w('field.creator'))
        .getByRole('link', { name: w('deskHelp.seeAuthority', { name: BUREAU }) })
        .getAttribute('href'),
    ).toMatch(/\/authorities\/[0-9a-f-]{36}$/);
    await look(clerk, 'desk-04-name');
    await page.keyboard.press('Alt+Enter');
    expect(await creator.inputValue()).toBe(BUREAU);
    await field(w('field.date')).fill('19720501');
    await creator.focus();
    await offered(w('field.creator')).getByText('石桥县革委会民政组', { exact: true }).waitFor();
    await field(w('field.date')).fill('19840312');
    // Tab goes on to the next element as if nothing stood below.
    await creator.focus();
    await page.keyboard.press('Tab');
    expect(await page.locator('.desk-list :focus').count()).toBe(0);
    await page.getByRole('combobox', { name: w('field.retention') }).click();
    await page
      .locator('.ant-select-dropdown:visible')
      .getByTitle(w('retention.D30'), { exact: true })
      .click();
    await page.getByRole('button', { name: w('act.save'), exact: true }).click();
    await page.waitForURL(/\/units\/[0-9a-f-]{36}$/);
    await page.getByText('石民〔1984〕88号').first().waitFor();
  });

  it('4. what is odd in what is there is put right with one key, undone with another, or said to be right', async () => {
    for (const [code, title] of [
      [WRONG, '关于救济粮发放的通知'],
      [MEANT, '补登的婚姻登记簿'],
    ] as const) {
      const made = await api.post('/api/v1/units', {
        fondsId,
        title,
        referenceCode: code,
        category: 'WS',
        date: '19840312',
        year: 1948,
        docNo: '石民〔1984〕91号',
      });
      expect(made.status).toBe(201);
    }
    const id = await unitId(api, WRONG);
    const year = async (): Promise<number> => (await api.read<{ year: number }>(`/api/v1/units/${id}`)).year;
    await page.goto(`/console/oddities?archive=${ARCHIVE.code}`);
    await page.getByText(w('oddities.choose')).waitFor();
    await page.goto(`/console/oddities?archive=${ARCHIVE.code}&fonds=${fondsId}`);
    const list = page.getByRole('table', { name: w('oddities.title') });
    const row = (code: string): Locator => list.getByRole('row').filter({ hasText: code });
    await row(WRONG).waitFor();
    await row(MEANT).waitFor();
    expect(await list.getByRole('row').count()).toBe(3);
    await look(clerk, 'desk-05-odd');
    await page.keyboard.press('a');
    await row(WRONG)
      .getByRole('button', { name: w('oddities.undo') })
      .waitFor();
    expect(await year()).toBe(1984);
    await page.keyboard.press('z');
    await row(WRONG)
      .getByRole('button', { name: w('oddities.take') })
      .waitFor();
    expect(await year()).toBe(1948);
    await row(WRONG)
      .getByRole('button', { name: w('oddities.take') })
      .click();
    await row(WRONG)
      .getByRole('button', { name: w('oddities.undo') })
      .waitFor();
    // The next one is marked: it is right as it is.
    await page.keyboard.press('n');
    await row(MEANT).getByText(w('oddities.pass')).waitFor();
    await look(clerk, 'desk-06-settled');
    await page.reload();
    await page.getByText(w('oddities.none')).waitFor();
    expect(await year()).toBe(1984);
    await page.goto(`/console/units/${id}?tab=history`);
    await page.getByText(w('rail.oddities')).first().waitFor();
  });

  it('5. who looks a draft through is told what would be odd once it counts', async () => {
    const id = await unitId(api, WRONG);
    const { version } = await api.read<{ version: number }>(`/api/v1/units/${id}`);
    const made = await api.post('/api/v1/drafts', {
      unitId: id,
      version,
      input: { year: 1948 },
      reason: null,
    });
    const draft = (await made.json()) as { id: string };
    await page.goto(`/console/drafts/${draft.id}`);
    await page.getByText(w('deskHelp.odd.yearDate', { year: '1948', date: '19840312' })).waitFor();
    await look(clerk, 'desk-09-draft');
  });

  it('6. an archive that does without the help is not offered any, and the keys stand in the list of keys', async () => {
    await page.goto(`/console/oddities?archive=${ARCHIVE.code}`);
    await page.getByRole('switch', { name: w('deskHelp.kind.titles') }).click();
    await page.getByText(w('oddities.settingsSaved')).waitFor();
    await look(clerk, 'desk-07-settings');
    await newEntry();
    await field(w('field.docNo')).fill('石民[1984]88号');
    await field(w('field.title')).click();
    await field(w('field.title')).pressSequentially('石桥县民政局关于学');
    // The number is still read; what titles are like is not asked for.
    await offered(w('field.docNo')).waitFor();
    expect(await offered(w('field.title')).count()).toBe(0);
    await page.locator('h1').click();
    await page.keyboard.press('?');
    await page.getByText(w('keys.takeSuggestion')).waitFor();
    await look(clerk, 'desk-08-keys');
    await page.keyboard.press('Escape');
  });
});
