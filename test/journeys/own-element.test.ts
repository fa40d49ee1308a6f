import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';
import { apiOf } from './harness/api.ts';
import type { Visitor } from './harness/browser.ts';
import { journey } from './harness/journey.ts';
import { look } from './harness/look.ts';
import { ARCHIVE, signIn } from './harness/people.ts';
import { archiveId, CLERK, furnish, unitId } from './harness/stock.ts';
import { w } from './harness/words.ts';
import { FONDS } from './material/catalogue.ts';

const ELEMENT = '事由类别';

journey('Description: an archive adds an element with a vocabulary, and it holds on every road', (world) => {
  let clerk: Visitor;
  let page: Page;

  beforeAll(async () => {
    await furnish(world);
    clerk = await world.visitor();
    page = clerk.page;
  });

  const choose = async (label: string, option: string) => {
    await page.getByRole('combobox', { name: label }).click();
    await page.locator('.ant-select-dropdown:visible').getByTitle(option, { exact: true }).click();
  };

  it('1. the archive makes a vocabulary and an element of it, sees the form, and puts it in force', async () => {
    await signIn(page, CLERK);
    await page.goto(`/console/description-schemes?archive=${ARCHIVE.code}`);
    await look(clerk, 'd-01-schemes');
    await page.getByRole('link', { name: w('category.WS'), exact: true }).click();
    await page.getByRole('tab', { name: w('schemes.vocabularies') }).click();
    await page.getByRole('button', { name: w('schemes.addVocabulary') }).click();
    await page.getByLabel(w('schemes.name.zh-CN')).first().fill('事由');
    for (const [n, [code, name]] of [
      ['marriage', '婚姻登记'],
      ['relief', '救济'],
    ].entries()) {
      await page.getByRole('button', { name: w('schemes.addTerm') }).click();
      await page.getByLabel(`${w('schemes.termCode')} ${n + 1}`).fill(String(code));
      await page.getByLabel(`${w('schemes.name.zh-CN')} ${n + 1}`).fill(String(name));
    }
    await look(clerk, 'd-02-vocabulary');
    await page.getByRole('tab', { name: w('schemes.elements') }).click();
    await page.getByRole('button', { name: w('schemes.addElement') }).click();
    const editor = page.getByRole('region', { name: w('schemes.edit') });
    await editor.getByLabel(w('schemes.name.zh-CN')).fill(ELEMENT);
    await editor.getByLabel(w('schemes.name.zh-TW')).fill('事由類別');
    await editor.getByLabel(w('schemes.name.en')).fill('Kind of matter');
    await editor.getByLabel(w('schemes.key')).fill('matter');
    await choose(w('schemes.type'), w('schemes.type.one'));
    await choose(w('schemes.vocabulary'), '事由');
    await choose(`${w('schemes.obligation')} · ${w('level.item')}`, w('schemes.obligation.required'));
    const preview = page.getByRole('region', { name: w('schemes.preview') });
    await preview.getByLabel(ELEMENT).waitFor();
    await look(clerk, 'd-03-builder');
    await page.getByLabel(w('schemes.why')).fill('民政档案按事由检索');
    await page.getByRole('button', { name: w('schemes.putInForce') }).click();
    await page.getByText(/方案自 .* 起使用/).waitFor();
    await page.getByRole('tab', { name: w('schemes.versions') }).click();
    await page.getByText(w('schemes.difference.element.added', { name: ELEMENT })).waitFor();
    await look(clerk, 'd-04-versions');
  });

  it('2. a cataloguer is told what is lacking while typing, fills it in, and the entry shows it', async () => {
    await page.goto(`/console/holdings?archive=${ARCHIVE.code}`);
    await page.getByRole('treeitem').filter({ hasText: FONDS }).locator('.tree-name').click();
    await page.getByRole('link', { name: w('holdings.newUnit') }).click();
    await page.getByRole('heading', { name: w('holdings.newUnit') }).waitFor();
    await page.getByLabel(w('field.title')).fill('关于婚姻登记工作的通知');
    await page.getByLabel(w('field.date'), { exact: true }).fill('19901345');
    await page.getByText(w('unitForm.wrong.date')).waitFor();
    await page.getByLabel(w('field.date'), { exact: true }).fill('19900312');
    await page.getByLabel(w('field.year'), { exact: true }).fill('1990');
    await page.getByRole('status').filter({ hasText: ELEMENT }).waitFor();
    await choose(w('field.retention'), w('retention.D30'));
    await choose(ELEMENT, '婚姻登记');
    await look(clerk, 'd-05-entry-form');
    await page.getByRole('button', { name: w('act.save'), exact: true }).click();
    await page.waitForURL(/\/units\/[0-9a-f-]{36}$/);
    await page.getByText(ELEMENT).first().waitFor();
    await page.getByText('婚姻登记', { exact: true }).first().waitFor();
    await look(clerk, 'd-06-entry');
  });

  it('3. what is not in the vocabulary is refused by the API and returned by the import, and the rest is taken', async () => {
    const api = await apiOf(world.house.url, CLERK);
    const fonds = await api.read<{ items: { id: string; number: string }[] }>(
      `/api/v1/archives/${await archiveId(api)}/fonds?q=${FONDS}`,
    );
    const fondsId = fonds.items.find((f) => f.number === FONDS)?.id;
    const send = (matter: string) =>
      api.post('/api/v1/units', {
        fondsId,
        title: '由接口著录',
        category: 'WS',
        description: { 'own:matter': matter },
      });
    const refused = await send('天文');
    expect(refused.status).toBe(422);
    expect(await refused.json()).toMatchObject({ code: 'unit.element', values: { field: 'own:matter' } });
    const made = await send('救济');
    expect(await made.json()).toMatchObject({ description: { 'own:matter': 'relief' } });
    const file = join(world.house.folder, 'matters.csv');
    await writeFile(
      file,
      `档号,题名,${ELEMENT}\n${FONDS}-WS·1991·D30-9001,发放救济粮,救济\n${FONDS}-WS·1991·D30-9002,观测日食,天文\n`,
    );
    const imported = await world.house.lantai('import', 'catalogue', file, '--archive', ARCHIVE.code);
    expect(imported).toMatchObject({ document: { accepted: 1, rejected: 1 } });
    const unit = await unitId(api, `${FONDS}-WS·1991·D30-9001`);
    expect(await api.read(`/api/v1/units/${unit}`)).toMatchObject({
      description: { 'own:matter': 'relief' },
    });
  });
});
