import { text } from 'node:stream/consumers';
import { type NewVersion, type OcflRepository, type Store, validateRoot } from '#formats/ocfl';

export const ID = 'urn:uuid:01900000-0000-7000-8000-000000000001';

export function version(files: Record<string, string>, more: Partial<NewVersion> = {}): NewVersion {
  return {
    files: Object.entries(files).map(([logicalPath, content]) => ({
      logicalPath,
      source: { bytes: Buffer.from(content) },
    })),
    message: 'Taken in',
    user: { name: 'Test archive', address: 'mailto:archive@example.org' },
    created: new Date('2026-01-02T03:04:05.678Z'),
    ...more,
  };
}

/** Content of all files of a version, each digested while it is read. */
export async function contentOf(
  repository: OcflRepository,
  of?: string,
  id = ID,
): Promise<Record<string, string>> {
  const object = await repository.getObject(id);
  const content: Record<string, string> = {};
  for (const { logicalPath } of object.files(of)) {
    const opened = await repository.openFile(object, logicalPath, { version: of, verify: true });
    content[logicalPath] = await text(opened.stream);
  }
  return content;
}

/** What a validator has against the root. */
export async function errorsOf(store: Store): Promise<string[]> {
  return (await validateRoot(store)).findings
    .filter((f) => f.severity === 'error')
    .map((f) => `${f.code} ${f.path}`);
}
