import { Readable } from 'node:stream';
import Type from 'typebox';
import { sendFile } from '#kernel/http/file';
import { LangQuery } from '#kernel/http/language';
import { type App, IdParams } from '#kernel/http/route';
import type { Transfers } from './module.ts';
import type { Paper } from './store/batches.ts';

const tags = ['transfers'];
const config = { policy: 'filing.read' as const };
const schema = { tags, params: IdParams };

const SIGNED = {
  'agency-register': 'agencyRegister',
  register: 'register',
  receipt: 'receipt',
} as const satisfies Record<string, Paper>;

/** What a batch leaves on paper: statements as they were signed, the register to be printed, the list of all files. */
export function registerTransferPapers(app: App, transfers: Transfers): void {
  for (const [name, paper] of Object.entries(SIGNED))
    app.get(`/api/v1/transfers/:id/${name}.json`, { config, schema }, async (req, reply) => {
      const { batch, text } = await transfers.paper(req.actor, req.params.id, paper);
      return sendFile(
        reply,
        { type: 'application/json; charset=utf-8', name: `${batch.number}-${name}.json` },
        text,
      );
    });
  // The form of 2012 is Chinese; other languages are for those who read it elsewhere.
  app.get(
    '/api/v1/transfers/:id/register.pdf',
    {
      config,
      schema: {
        ...schema,
        querystring: Type.Object(LangQuery),
      },
    },
    async (req, reply) => {
      const { batch, pdf } = await transfers.sheet(req.actor, req.params.id, req.query.lang ?? 'zh-CN');
      return sendFile(
        reply,
        { type: 'application/pdf', name: `${batch.number}-register.pdf`, inline: true },
        pdf,
      );
    },
  );
  for (const form of ['jsonl', 'csv'] as const)
    app.get(`/api/v1/transfers/:id/files.${form}`, { config, schema }, async (req, reply) => {
      const { batch, lines } = await transfers.fileList(req.actor, req.params.id);
      return sendFile(
        reply,
        {
          type: form === 'csv' ? 'text/csv; charset=utf-8' : 'application/x-ndjson; charset=utf-8',
          name: `${batch.number}-files.${form}`,
        },
        Readable.from(form === 'csv' ? csv(lines) : lines),
      );
    });
}

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;

/** For spreadsheets, with the mark of UTF-8 they want. What was signed is the other form. */
async function* csv(parts: AsyncIterable<string>): AsyncGenerator<string> {
  yield '\ufeffpath,bytes,sha256\r\n';
  for await (const part of parts)
    yield part
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => {
        const { path, bytes, sha256 } = JSON.parse(line) as { path: string; bytes: number; sha256: string };
        return `${quoted(path)},${bytes},${sha256}\r\n`;
      })
      .join('');
}
