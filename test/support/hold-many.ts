import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { digestBytes } from '#kernel/checksums';
import { sql } from '#kernel/db';
import { CHECKS, type IncomingFile, readPackage } from '#modules/preservation';
import { scanningHouse } from './scanning.ts';

/**
 * Takes so many small files into one object, then one more, saves the text of every page if asked, reads all records back, and tells how long each
 * took and how much memory the process had at most. A process of its own, so that nothing else is counted.
 */
const many = Number(process.argv[2]);
const texts = process.argv[3] === 'texts';
const s = await scanningHouse();
try {
  const id = await s.addUnit('J019-2010-D30-0001');
  const folder = join(s.folder, 'in');
  const place = (i: number) => join(folder, String(Math.floor(i / 1000)), `${i}.txt`);
  for (let i = 0; i <= many; i++) {
    if (i % 1000 === 0) await mkdir(join(folder, String(i / 1000)), { recursive: true });
    await writeFile(place(i), `page ${i}`);
  }
  async function* files(from: number, to: number): AsyncGenerator<IncomingFile> {
    for (let i = from; i < to; i++) {
      const bytes = Buffer.from(`page ${i}`);
      const name = `婚姻登记档案 1953 年第三卷 ${i}.tif`;
      yield {
        ...{
          path: place(i),
          name,
          nameBytes: Buffer.from(name),
          mediaType: 'text/plain',
          bytes: bytes.length,
        },
        digests: digestBytes(bytes, ['sha512', 'sha256']).digests,
        pages: [{ width: 2480, height: 3508 }],
        technical: { format: 'TIFF', width: 2480, height: 3508, bitDepth: 8, samples: 3, compression: 'LZW' },
        checks: Object.values(CHECKS).map((check) => ({ check, outcome: 'passed' })),
      };
    }
  }
  const steps: Record<string, number> = {};
  const timed = async (step: string, work: () => Promise<unknown>) => {
    const begun = performance.now();
    await work();
    steps[step] = Math.round(performance.now() - begun) / 1000;
    steps[`${step} MiB`] = Math.round(process.resourceUsage().maxRSS / 1024);
  };
  const take = async (from: number, to: number) => {
    const unit = { id, archiveId: s.house.county, files: files(from, to) };
    const [outcome] = await s.preservation.hold({ id: null, name: 'test' }, [unit], async () => {});
    if (outcome?.status === 'failed') throw outcome.error;
  };
  await timed('hold', () => take(0, many));
  await timed('one more', () => take(many, many + 1));
  if (texts) {
    // As if each page had been read by machine.
    await sql`insert into digitisation.page_text (unit_id, archive_id, page_no, state, origin, engine, confidence, width, height,
        text, lines, read_at)
      select unit_id, archive_id, page_no, 'ready', 'ocr', 'reader 1', 91.5, width, height, string_agg('第' || page_no || '页 ' || n, E'\n'),
        jsonb_agg(jsonb_build_object('text', '第' || page_no || '页 ' || n, 'confidence', 90, 'box', array[100, n * 60, 1200, 48])), now()
      from preservation.page, generate_series(1, 20) n where unit_id = ${id} group by unit_id, page_no`.execute(
      s.house.db.owner,
    );
    await s.house.db.system(async (tx) => {
      await s.preservation.noteText(tx, { id, archiveId: s.house.county });
      await s.preservation.noteTextDone(tx, id);
    });
    await timed('texts', async () => {
      if ((await s.preservation.saveTexts()) !== 1) throw new Error('the texts were not saved');
    });
  }
  let records = 0;
  await timed('read', async () => {
    const object = await readPackage(s.preservation.repository, `urn:uuid:${id}`);
    for await (const record of object.files()) records += record.pages.length;
  });
  process.stdout.write(`${JSON.stringify({ records, steps })}\n`);
} finally {
  await s.close();
}
