import { readFile } from 'node:fs/promises';
import { memoryPages, validateXML } from 'xmllint-wasm';

/** Judges documents by an XML schema, with libxml2: another reader than ours. @returns what is wrong, none for a valid document */
export async function schemaFaults(schemaPath: string, xml: string): Promise<string[]> {
  const schema = await readFile(schemaPath, 'utf8');
  const judged = await validateXML({
    xml: [{ fileName: 'document.xml', contents: xml }],
    schema: [schema],
    initialMemoryPages: 64 * memoryPages.MiB,
    maxMemoryPages: 2 * memoryPages.GiB,
  });
  return judged.valid ? [] : judged.errors.map((e) => e.message);
}
