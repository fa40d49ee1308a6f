import { readFile } from 'node:fs/promises';
import { beforeAll, expect, it } from 'vitest';
import { apiOf } from './harness/api.ts';
import type { Visitor } from './harness/browser.ts';
import { journey } from './harness/journey.ts';
import { look } from './harness/look.ts';
import { addPerson, type Person, setUp, signIn } from './harness/people.ts';
import { archiveId, CLERK } from './harness/stock.ts';
import { w } from './harness/words.ts';
import { ALTERED, type CheckMaterial, writeCheckMaterial } from './material/packages.ts';

const COLLEAGUE: Person = {
  username: 'sunmou',
  password: 'zheng-li-yuan-2026',
  name: '孙整理',
  roles: ['archivist'],
};

journey('Files and packages are dropped on a page, checked, and not taken in', (world) => {
  let clerk: Visitor;
  let material: CheckMaterial;
  let report: string;

  beforeAll(async () => {
    const { house } = world;
    const installer = await world.visitor();
    await setUp(installer.page, house);
    await installer.close();
    await addPerson(house, CLERK);
    await addPerson(house, COLLEAGUE);
    material = await writeCheckMaterial(house.folder);
    clerk = await world.visitor();
    await signIn(clerk.page, CLERK);
  });

  /** Chooses a file, or a folder, and waits for its verdict. */
  const send = async (path: string, verdict: string, by: 'file' | 'folder' = 'file') => {
    const { page } = clerk;
    await page.goto('/console/checks');
    const label = by === 'file' ? w('drop.chooseFile') : w('examination.dropFolder');
    await page.getByLabel(label).setInputFiles(path);
    await page.waitForURL(/\/checks\/[0-9a-f-]{36}/);
    await page.getByText(verdict).waitFor();
  };

  it('1. the page says what it is for, and what is kept for how long', async () => {
    const { page } = clerk;
    await page.goto('/console/holdings');
    await page.getByRole('link', { name: w('examination.title') }).click();
    await page.getByRole('heading', { name: w('examination.none') }).waitFor();
    await page.getByText(/留 7 天/).waitFor();
    await look(clerk, 'checks-01-empty');
  });

  it('2. a bag of which one record was altered is not valid; what is wrong is said in words, and where', async () => {
    const { page } = clerk;
    await send(material.alteredZip, w('examination.verdict.invalid', { errors: 1, warnings: 0 }));
    await page.getByText(w('finding.bagDigest.title')).waitFor();
    await page.getByText(w('finding.bagDigest.todo')).waitFor();
    await page.getByText(w('rule.bag.digest')).waitFor();
    await look(clerk, 'checks-02-report');
    // What the checks say word by word is English, and shown when it is asked for.
    expect(await page.getByText('the file was changed').count()).toBe(0);
    await page.getByRole('checkbox', { name: w('examination.detail') }).check();
    await page.getByText('the file was changed').waitFor();
    report = page.url();
  });

  it('3. a click on the place shows the file, in the tree and by itself', async () => {
    const { page } = clerk;
    await page.getByRole('button', { name: ALTERED }).click();
    const shown = page.getByRole('region', { name: `移交/${ALTERED}` });
    await shown.getByText('x-fmt/111').waitFor();
    const row = page.getByRole('treeitem', { name: /关于修桥的批复/ });
    await row.waitFor();
    expect(await row.getAttribute('aria-selected')).toBe('true');
    await look(clerk, 'checks-03-entry');
  });

  it('4. the report goes out as JSON and as PDF', async () => {
    const { page } = clerk;
    const download = async (name: string) => {
      const waiting = page.waitForEvent('download');
      await page.getByRole('link', { name }).click();
      return readFile(await (await waiting).path());
    };
    const json = JSON.parse((await download(w('examination.json'))).toString());
    expect(json.results).toMatchObject([
      { path: '移交.zip', kind: 'bag', valid: false, findings: [{ code: 'bag.digest', path: ALTERED }] },
    ]);
    expect(json.files).toHaveLength(4);
    expect((await download(w('examination.pdf'))).subarray(0, 5).toString()).toBe('%PDF-');
  });

  it('5. a whole folder is sent as it is, and is valid', async () => {
    await send(material.soundFolder, w('examination.verdict.valid', { warnings: 0 }), 'folder');
    await look(clerk, 'checks-04-folder');
  });

  it('6. a single document is told as what it is, not as a package gone wrong', async () => {
    const { page } = clerk;
    await send(material.ofd, w('examination.verdict.file'));
    await page.getByText('OFD (GB/T 33190)').waitFor();
    await look(clerk, 'checks-05-document');
  });

  it('7. for a colleague the report is not there; nothing went into the holdings', async () => {
    const colleague = await world.visitor();
    await signIn(colleague.page, COLLEAGUE);
    colleague.guard.expect(404, '/api/v1/examinations/');
    await colleague.page.goto(report);
    await colleague.page.getByText(w('error.examination.notFound')).waitFor();
    await colleague.close();
    const api = await apiOf(world.house.url, CLERK);
    const { items } = await api.read<{ items: unknown[] }>(`/api/v1/archives/${await archiveId(api)}/units`);
    expect(items).toEqual([]);
  });

  it('8. she deletes it, and it is gone', async () => {
    const { page } = clerk;
    await page.goto(report);
    await page.getByRole('button', { name: w('examination.remove') }).click();
    await page.locator('.ant-popover').getByRole('button', { name: /确/ }).click();
    await page.getByRole('link', { name: '移交包' }).waitFor();
    expect(await page.getByRole('link', { name: '移交.zip' }).count()).toBe(0);
    await look(clerk, 'checks-06-list');
  });
});
