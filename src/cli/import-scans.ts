import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Refusal } from '#kernel/errors';
import { defineCommand, EXIT } from './command.ts';
import type { CliHouse } from './house.ts';

const LISTED = 50;

export const command = defineCommand<{ archive: string; rule?: string; text: boolean }>({
  describe(c) {
    c.argument('<dir>', 'folder of page images and documents')
      .requiredOption('--archive <code>', 'archive whose entries they belong to')
      .option('--rule <pattern>', 'how names are built, such as {refcode}/{page}.{ext}')
      .option('--no-text', 'do not wait for the text to be read');
  },
  /**
   * JSON: `{id, counts, loose: [{path, referenceCode}], unmatched: [path], rejected: [{path, code, message}]}`; `loose`
   * are matched by a name without leading zeros. Exit 1 when a file was left out.
   */
  async run(ctx, [dir = ''], options) {
    const folder = resolve(dir);
    const there = await stat(folder).catch(() => undefined);
    if (!there?.isDirectory()) throw new Refusal('scans.folder', `${dir} is not a folder that can be read.`);
    const answer = await ctx.withHouse(async (house) => {
      const archive = await house.holdings.archiveByCode(options.archive);
      await house.workHere();
      return takeIn(house, archive.id, folder, options, (text) => ctx.out.note(text));
    });
    ctx.out.document(answer);
    const c = answer.counts;
    ctx.out.line(`${c.files} files: ${c.held} held, ${c.unmatched} without an entry, ${c.rejected} refused.`);
    for (const f of answer.loose) ctx.out.line(`near       ${f.path}: ${f.referenceCode}`);
    for (const path of answer.unmatched) ctx.out.line(`no entry   ${path}`);
    for (const f of answer.rejected) ctx.out.line(`refused    ${f.path}: ${f.message}`);
    return c.unmatched + c.rejected > 0 ? EXIT.rejected : EXIT.done;
  },
});

async function takeIn(
  house: CliHouse,
  archiveId: string,
  folder: string,
  options: { rule?: string; text: boolean },
  note: (text: string) => void,
) {
  const { digitisation, actor } = house;
  const id = await digitisation.begin(actor, { archiveId, from: { folder }, rule: options.rule });
  await house.finishJobs(['match-scans']);
  const matched = await digitisation.scanImport(actor, id);
  if (matched.state !== 'matched')
    throw new Refusal('scans.failed', 'The folder could not be read through; see the log.');
  note(
    `${matched.counts.matched} of ${matched.counts.files} files belong to ${matched.counts.units} entries` +
      (matched.counts.loose > 0 ? `, ${matched.counts.loose} of them by a name without leading zeros` : ''),
  );
  await digitisation.run(actor, id);
  await house.finishJobs(['import-scans']);
  if (options.text) {
    let last = 0;
    await house.finishJobs(['read-text'], (left) => {
      if (Date.now() - last > 5_000) note(`text: ${left} entries to read`);
      if (Date.now() - last > 5_000) last = Date.now();
    });
  }
  const { counts } = await digitisation.scanImport(actor, id);
  const unmatched = await digitisation.files(actor, { importId: id, state: 'unmatched', limit: LISTED });
  const loose = await digitisation.files(actor, { importId: id, loose: true, limit: LISTED });
  const rejected = await digitisation.files(actor, { importId: id, state: 'rejected', limit: LISTED });
  return {
    id,
    counts,
    loose: loose.items.map((f) => ({ path: f.path, referenceCode: f.unit?.referenceCode ?? null })),
    unmatched: unmatched.items.map((f) => f.path),
    rejected: rejected.items.map(({ path, code, message }) => ({ path, code, message })),
  };
}
