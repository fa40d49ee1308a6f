import type { NotDrawn } from '#formats/ofd';
import { systemActor } from '#kernel/actor';
import { isRefusal, messageOf } from '#kernel/errors';
import type { JobKind } from '#kernel/jobs';
import type { Page } from '#modules/preservation';
import type { DigitisationDeps } from '../deps.ts';
import { openPages, type PageContent, type PageSource } from '../domain/pageSource.ts';
import { countTextTask, type PageText, pagesRead, writePageText } from '../store/pageText.ts';

export const TEXT_JOB = 'read-text';

/** Pages written and indexed together: the index keeps sixteen pages in one entry. */
const TOGETHER = 16;

/**
 * Reads the text of a unit's pages: out of the file where it has text, else by machine. Pages read before are not read
 * again, so a killed job goes on where it was. A page that can not be read says so and stops nothing.
 */
export function readTextJob(deps: DigitisationDeps, concurrency: number): JobKind<{ unitId: string }> {
  return {
    name: TEXT_JOB,
    concurrency,
    async run(job) {
      const { unitId } = job.data;
      const unit = await deps.db.system((tx) => deps.holdings.unitIn(tx, unitId));
      if (!unit) return;
      const system = systemActor('lantai');
      const read = new Set(await pagesRead(deps.db.owner, unitId));
      const pages = (await deps.preservation.pages(system, unitId)).filter((p) => !read.has(p.pageNo));
      let source: PageSource | undefined;
      let ordinal = 0;
      try {
        for (let i = 0; i < pages.length; i += TOGETHER) {
          const texts: ReadPage[] = [];
          for (const page of pages.slice(i, i + TOGETHER)) {
            job.signal.throwIfAborted();
            if (page.ordinal !== ordinal) {
              await source?.close();
              source = undefined;
              ordinal = page.ordinal;
            }
            texts.push(
              await readPage(deps, page, job.signal, async () => {
                source ??= await openPages(
                  (await deps.preservation.pageFile(system, unitId, page.pageNo)).file,
                );
                return source.content(page);
              }),
            );
          }
          await store(deps, unit, texts);
        }
        await deps.db.system((tx) => deps.preservation.noteTextDone(tx, unitId));
      } finally {
        await source?.close();
      }
    },
  };
}

/** A page as read, and what its picture was found to lack. */
type ReadPage = PageText & { notDrawn: NotDrawn[] | undefined };

async function readPage(
  deps: DigitisationDeps,
  page: Page,
  signal: AbortSignal,
  content: () => Promise<PageContent>,
): Promise<ReadPage> {
  const { pageNo, width: w, height: h } = page;
  const common = { pageNo, rotation: 0, width: w, height: h, nameless: 0, notDrawn: undefined };
  try {
    const found = await content();
    if (found.kind === 'text') {
      const { text, width, height, nameless = 0, notDrawn } = found;
      return {
        ...common,
        state: 'ready',
        origin: 'layer',
        engine: 'file',
        confidence: null,
        text,
        lines: [],
        width,
        height,
        nameless,
        notDrawn,
      };
    }
    const ocr = await deps.ocr.read(found.image, { page: found.page, signal });
    return {
      ...common,
      notDrawn: found.notDrawn,
      state: ocr.poor ? 'poor' : 'ready',
      origin: 'ocr',
      engine: `${deps.ocr.name} ${deps.ocr.version}`,
      confidence: Math.round(ocr.confidence * 10) / 10,
      rotation: ocr.rotation,
      width: ocr.width,
      height: ocr.height,
      text: ocr.text,
      lines: ocr.lines.map((l) => ({ text: l.text, confidence: Math.round(l.confidence), box: [...l.box] })),
    };
  } catch (e) {
    if (!isRefusal(e)) throw e;
    deps.log.warn({ err: messageOf(e), page: page.pageNo }, 'a page could not be read');
    return {
      ...common,
      state: 'failed',
      origin: 'ocr',
      engine: deps.ocr.name,
      confidence: 0,
      text: '',
      lines: [],
    };
  }
}

async function store(
  deps: DigitisationDeps,
  unit: { id: string; archiveId: string },
  texts: readonly ReadPage[],
): Promise<void> {
  await deps.db.system(async (tx) => {
    const at = deps.clock.now();
    for (const t of texts) await writePageText(tx, unit, t, at);
    await deps.preservation.noteNotDrawn(
      unit.id,
      texts.flatMap(({ pageNo, notDrawn }) => (notDrawn ? [{ pageNo, notDrawn }] : [])),
      tx,
    );
    await deps.preservation.noteText(tx, unit);
    await countTextTask(tx, unit.id);
    await deps.index.indexPages(
      tx,
      unit.id,
      texts
        .filter((t) => t.text !== '')
        .map((t) => ({ pageNo: t.pageNo, text: t.text, confidence: t.confidence })),
    );
    await deps.audit.append(tx, {
      actor: { id: null, name: 'lantai' },
      archiveId: unit.archiveId,
      act: 'unit.textRead',
      target: { type: 'unit', id: unit.id },
      detail: {
        pages: texts.map((t) => t.pageNo),
        engine: [...new Set(texts.map((t) => t.engine))].join(', '),
        poor: texts.filter((t) => t.state === 'poor').map((t) => t.pageNo),
        failed: texts.filter((t) => t.state === 'failed').map((t) => t.pageNo),
      },
    });
  });
}
