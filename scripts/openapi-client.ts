/**
 * Makes web/src/api/schema.generated.ts, the types the console calls the server by.
 *
 *   node scripts/openapi-client.ts http://127.0.0.1:8080/api/v1/openapi.json   (or a file)
 */
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { type OpenApi, typesOf } from './openapi/paths.ts';

const TARGET = fileURLToPath(new URL('../web/src/api/schema.generated.ts', import.meta.url));

async function read(source: string): Promise<OpenApi> {
  if (!/^https?:/.test(source)) return JSON.parse(await readFile(source, 'utf8'));
  const answer = await fetch(source);
  if (!answer.ok) throw new Error(`${source} answered ${answer.status}`);
  return (await answer.json()) as OpenApi;
}

const source = process.argv[2];
if (!source) {
  process.stderr.write('Say where the OpenAPI document is: a file or an address.\n');
  process.exitCode = 2;
} else {
  const document = await read(source);
  if (!document.openapi?.startsWith('3.1')) throw new Error('This is no OpenAPI 3.1 document');
  await writeFile(TARGET, typesOf(document, '/api/v1'));
}
