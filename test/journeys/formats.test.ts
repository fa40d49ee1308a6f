import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { beforeAll, expect, it } from 'vitest';
import { webpPicture } from '../support/incoming.ts';
import { apiOf } from './harness/api.ts';
import type { Visitor } from './harness/browser.ts';
import { journey } from './harness/journey.ts';
import { look } from './harness/look.ts';
import { ARCHIVE, addPerson, type Person, signIn } from './harness/people.ts';
import { CLERK, furnish } from './harness/stock.ts';
import { w } from './harness/words.ts';

const CUSTODIAN: Person = {
  username: 'baoguan',
  password: 'ku-fang-qi-yao-shi',
  name: '石敬之',
  roles: ['custody'],
};
const GIF = 'fmt/4';
const REASON = '馆务会议决定：动画图标没有长期保存价值';
const BROKEN = 'broken.webp';

/** A bag with pictures, one of them broken, an office file, a text, and what nobody can tell. */
async function writeBag(folder: string): Promise<void> {
  const picture = await webpPicture('whole');
  const files: Record<string, Buffer> = {
    'photo.webp': picture,
    [BROKEN]: picture.subarray(0, picture.length / 2),
    'sign.gif': await sharp(picture).gif().toBuffer(),
    'letter.rtf': Buffer.from('{\\rtf1\\ansi\\deff0 {\\fonttbl {\\f0 Times;}} Text\\par}\n'),
    'note.txt': Buffer.from('说明\n'),
    'odd.xyz': createHash('shake256', { outputLength: 3_000 }).update('odd').digest(),
  };
  await mkdir(join(folder, 'data'), { recursive: true });
  let manifest = '';
  for (const [name, bytes] of Object.entries(files)) {
    await writeFile(join(folder, 'data', name), bytes);
    manifest += `${createHash('sha512').update(bytes).digest('hex')}  data/${name}\n`;
  }
  await writeFile(join(folder, 'manifest-sha512.txt'), manifest);
  await writeFile(join(folder, 'bagit.txt'), 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n');
}

journey(
  'J20 old formats come in; the archive decides about them, and what waits is converted',
  (world) => {
    let custodian: Visitor;
    beforeAll(async () => {
      await furnish(world);
      await addPerson(world.house, CUSTODIAN);
      const bag = join(world.house.folder, 'bag');
      await writeBag(bag);
      const taken = await world.house.lantai('ingest', bag, '--archive', ARCHIVE.code, '--fonds', 'J019');
      expect(taken.document, taken.stderr).toMatchObject({ results: [{ accepted: true, newFiles: 6 }] });
    });
    const row = (name: string) =>
      custodian.page.getByRole('region', { name: w('formats.held') }).getByRole('row', { name });

    it('1. the custodian sees which formats are held, at what risk, and what is done about them', async () => {
      custodian = await world.visitor();
      const { page } = custodian;
      await signIn(page, CUSTODIAN);
      await page.getByRole('link', { name: w('rail.keeping') }).click();
      await page.getByRole('link', { name: w('keeping.part.formats'), exact: true }).click();
      await row('WebP')
        .getByText(w('formats.waiting', { n: 2 }))
        .waitFor();
      await row('RTF').getByText(w('format.hindrance.notInstalled')).waitFor();
      await row(w('formats.unknown')).getByText(w('format.risk.high')).waitFor();
      await page.getByText(w('formats.notInstalled', { n: 1, tool: w('format.tool.libreoffice') })).waitFor();
      await look(custodian, 'j20-01-formats');
    });

    it('2. decides that GIF is kept as it is, and says why; the decision counts at once and stays told', async () => {
      const { page } = custodian;
      await row('GIF').getByText(w('format.policy.normalise')).waitFor();
      await row('GIF').getByRole('button').click();
      const drawer = page.getByRole('dialog');
      await drawer.getByRole('radio', { name: w('format.policy.keep') }).check();
      await look(custodian, 'j20-02-deciding');
      const act = drawer.getByRole('button', { name: w('formats.decideAct') });
      expect(await act.isDisabled(), 'nothing is decided without a reason').toBe(true);
      await drawer.getByLabel(w('formats.reason')).fill(REASON);
      await act.click();
      await row('GIF').getByText(w('format.ground.format')).waitFor();
      const told = page.getByRole('region', { name: w('formats.history') });
      await told.getByText(REASON).waitFor();
      await told.getByText(`(${GIF})`).waitFor();
    });

    it('3. has what waits converted: what comes out is sound, and what can not be converted says why', async () => {
      const { page } = custodian;
      const conversion = page.getByRole('region', { name: w('formats.conversion') });
      await conversion.getByText(w('formats.ready', { n: 2 })).waitFor();
      await conversion.getByRole('button', { name: w('formats.convert') }).click();
      await conversion.getByText(w('formats.result.failed', { n: 1 })).waitFor();
      await conversion.getByText(w('formats.result.converted', { n: 1 })).waitFor();
      await row('WebP')
        .getByText(w('formats.converted', { n: 1 }))
        .waitFor();
      const failures = page.getByRole('region', { name: w('formats.failures') });
      await failures.getByText(BROKEN).waitFor();
      await failures.getByText(w('error.conversion.toolFailed')).waitFor();
      await look(custodian, 'j20-03-converted');
    });

    it('4. follows the record: the original lies as it came, the TIFF beside it, and both acts are told', async () => {
      const { page } = custodian;
      const failures = page.getByRole('region', { name: w('formats.failures') });
      await failures.getByRole('link').first().click();
      await page.getByText(w('object.event.normalization.success')).first().waitFor();
      await page.getByText('→ derivatives/').waitFor();
      await look(custodian, 'j20-04-record');
    });

    it('5. on a telephone, in Taiwan’s Chinese and in English the page says the same and bars nobody', async () => {
      for (const [locale, width] of [
        ['zh-CN', 390],
        ['zh-TW', 1366],
        ['en', 390],
      ] as const) {
        const reader = await world.visitor({ viewport: { width, height: 844 } });
        await signIn(reader.page, CUSTODIAN);
        await reader.page.evaluate((chosen) => localStorage.setItem('lantai.language', chosen), locale);
        await reader.page.goto(`/console/preservation/formats?archive=${ARCHIVE.code}`);
        await reader.page.locator('#formats-title').waitFor();
        const wide = await reader.page.evaluate<number>('document.documentElement.scrollWidth');
        expect(wide, `${locale} at ${width}`).toBeLessThanOrEqual(width);
        await look(reader, `j20-05-${locale}-${width}`);
        await reader.close();
      }
    });

    it('6. who may not manage preservation decides and converts nothing', async () => {
      const clerk = await apiOf(world.house.url, CLERK);
      for (const [path, body] of [
        ['decisions', { subject: GIF, risk: null, policy: 'migrate', reason: 'x' }],
        ['conversions', {}],
      ] as const) {
        const { items } = await clerk.read<{ items: { id: string; code: string }[] }>('/api/v1/archives');
        const archiveId = items.find((a) => a.code === ARCHIVE.code)?.id;
        const answer = await clerk.post(`/api/v1/preservation/formats/${path}`, { archiveId, ...body });
        expect([path, answer.status]).toEqual([path, 403]);
      }
    });
  },
  // What is installed on this machine shall not matter.
  async () => ({ LANTAI_SOFFICE: '/nowhere/soffice', LANTAI_FFMPEG: '/nowhere/ffmpeg' }),
);
