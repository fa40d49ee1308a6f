import Type from 'typebox';
import { printRegister } from '#formats/print';
import { streamSheet } from '#formats/sheets';
import { dayIn } from '#kernel/calendar';
import { Refusal } from '#kernel/errors';
import { sendFile } from '#kernel/http/file';
import { LangQuery, languageOf } from '#kernel/http/language';
import { type App, IdParams } from '#kernel/http/route';
import { type Language, type MessageKey, retentionIn, t } from '#kernel/wording';
import type { Disposals } from './module.ts';
import type { ListedUnit } from './store/units.ts';

const tags = ['disposal'];
/** Above this a PDF is no paper any more; the workbook has no limit. */
const MOST_PRINTED = 5_000;

interface Column {
  heading: MessageKey;
  /** Points of the paper. */
  width: number;
  cell(u: ListedUnit, language: Language): string;
  right?: boolean;
}

/** Columns of the register (standards 7.6: 序号, 题名, 年度, 档号, 应保管期限, 已保管期限, 页数, 备注). */
const columnsOf = (year: number): Column[] => [
  { heading: 'disposal.register.no', width: 36, right: true, cell: (u) => String(u.seq) },
  { heading: 'disposal.register.title', width: 250, cell: (u) => u.title },
  { heading: 'disposal.register.year', width: 42, cell: (u) => (u.year === null ? '' : String(u.year)) },
  { heading: 'disposal.register.code', width: 150, cell: (u) => u.referenceCode ?? '' },
  {
    heading: 'disposal.register.retention',
    width: 60,
    cell: (u, l) => (u.retention ? retentionIn(l, u.retention) : ''),
  },
  {
    heading: 'disposal.register.kept',
    width: 60,
    right: true,
    cell: (u, l) => (u.year === null ? '' : t(l, 'disposal.register.years', { n: year - u.year })),
  },
  { heading: 'disposal.register.pages', width: 40, right: true, cell: (u) => String(u.pages ?? '') },
  {
    heading: 'disposal.register.note',
    width: 120,
    cell: (u, l) =>
      u.spared ? t(l, 'disposal.register.spared') : t(l, 'disposal.register.files', { n: u.files }),
  },
];

/** What a list leaves on paper: the register (销毁清册) as a table or to be printed and signed, and the certificate. */
export function registerDisposalPapers(app: App, disposals: Disposals): void {
  const schema = {
    tags,
    params: IdParams,
    querystring: Type.Object(LangQuery),
  };
  app.get(
    '/api/v1/disposals/:id/register.xlsx',
    { config: { policy: 'holdings.read' }, schema },
    async (req, reply) => {
      const language = languageOf(req);
      const { disposal: d } = await disposals.disposal(req.actor, req.params.id);
      const columns = columnsOf(Number(dayIn(d.orderedAt ?? new Date(), disposals.timeZone).slice(0, 4)));
      const units = disposals.everyUnit(req.actor, d.id);
      const out = await streamSheet({
        sheet: t(language, 'disposal.register'),
        columns: columns.map((c) => ({ heading: t(language, c.heading), width: Math.ceil(c.width / 5) })),
        batches: (async function* () {
          for await (const rows of units) yield rows.map((u) => columns.map((c) => c.cell(u, language)));
        })(),
        failed: (err) => req.log.error({ err }, 'the register could not be written out'),
      });
      return sendFile(
        reply,
        {
          type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
          name: `${d.number}.xlsx`,
        },
        out,
      );
    },
  );
  app.get(
    '/api/v1/disposals/:id/register.pdf',
    { config: { policy: 'holdings.read', framed: true }, schema },
    async (req, reply) => {
      const language = languageOf(req);
      const view = await disposals.disposal(req.actor, req.params.id);
      const { disposal: d, voices } = view;
      if (d.unitCount > MOST_PRINTED)
        throw new Refusal(
          'disposal.tooLong',
          `A list of more than ${MOST_PRINTED} entries comes as a workbook.`,
          {
            most: MOST_PRINTED,
          },
        );
      const archive = (await disposals.archives()).find((a) => a.id === d.archiveId);
      const columns = columnsOf(Number(dayIn(d.orderedAt ?? new Date(), disposals.timeZone).slice(0, 4)));
      const day = (at: Date | null) => (at ? dayIn(at, disposals.timeZone) : '');
      const agreed = voices.filter((v) => v.decision === 'agreed');
      const facts: [MessageKey, string][] = [
        ['disposal.register.list', d.title],
        [
          'disposal.register.count',
          t(language, 'disposal.register.counts', { n: d.unitCount, files: d.fileCount }),
        ],
        ['disposal.register.reason', d.reason],
        ['disposal.register.basis', d.basis],
        ['disposal.register.appraisal', d.appraisal ?? '—'],
        ['disposal.register.approval', d.approval ?? '—'],
        ['disposal.register.destroyedAt', day(d.doneAt) || '—'],
      ];
      const pdf = await printRegister({
        title: t(language, 'disposal.register'),
        archive: archive ? `${archive.name} ${archive.code}` : '',
        number: d.number,
        language,
        at: d.proposedAt,
        facts: facts.map(([label, value]) => [t(language, label), value]),
        signatures: [
          [t(language, 'disposal.register.proposer'), `${d.proposedByName} ${day(d.proposedAt)}`],
          ...[0, 1].map((i): [string, string] => [
            t(language, 'disposal.register.supervisor', { n: i + 1 }),
            agreed[i] ? `${agreed[i].personName} ${day(agreed[i].at)}` : '',
          ]),
          [t(language, 'disposal.register.head'), ''],
        ],
        dateLabel: t(language, 'disposal.register.date'),
        columns: columns.map((c) => ({
          heading: t(language, c.heading),
          width: c.width,
          ...(c.right ? { align: 'right' as const } : {}),
        })),
        rows: (async function* () {
          for await (const rows of disposals.everyUnit(req.actor, d.id))
            yield rows.map((u) => columns.map((c) => c.cell(u, language)));
        })(),
      });
      return sendFile(reply, { type: 'application/pdf', name: `${d.number}.pdf`, inline: true }, pdf);
    },
  );
  app.get(
    '/api/v1/disposals/:id/certificate.json',
    { config: { policy: 'holdings.read' }, schema: { tags, params: IdParams } },
    async (req, reply) => {
      const { number, certificate } = await disposals.certificate(req.actor, req.params.id);
      if (!certificate)
        throw new Refusal('disposal.notDone', 'The certificate is signed when nothing is left to destroy.');
      // Byte for byte as it was signed.
      return sendFile(
        reply,
        { type: 'application/json', name: `${number}.json` },
        Buffer.from(certificate, 'utf8'),
      );
    },
  );
}
