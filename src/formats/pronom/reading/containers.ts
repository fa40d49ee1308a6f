import { XmlTokenizer } from '#formats/xml';
import type { ContainerFile, ContainerKind, ContainerSignature, Signature } from '../types.ts';
import { LARGEST_SIGNATURE_FILE, withoutMark } from './droid.ts';
import { signatureRefusals } from './refusals.ts';
import { SignatureGathering } from './sequences.ts';

interface Open {
  id: string;
  kind: string;
  description: string;
  files: { path: string; signatures: Signature[] }[];
  broken: boolean;
}

const isKind = (kind: string): kind is ContainerKind => kind === 'ZIP' || kind === 'OLE2';

/**
 * Reads a DROID container signature file: formats told by the files inside a ZIP or an OLE2 compound file.
 *
 * @throws Refusal `pronom.signatures` when it is none, or nothing in it can be used
 */
export function readContainerFile(bytes: Buffer, name: string): ContainerFile {
  const refusals = signatureRefusals(name);
  if (bytes.length > LARGEST_SIGNATURE_FILE) throw refusals.no('it is too large');
  const gathering = new SignatureGathering();
  const problems: string[] = [];
  const found: Open[] = [];
  const puids = new Map<string, string>();
  const triggers = new Map<string, ContainerKind>();
  let current: Open | undefined;
  let words = '';
  let version = '';
  let before = { understood: 0, refused: 0 };

  const open = (element: string, xml: XmlTokenizer) => {
    if (xml.depth === 1) {
      if (element !== 'ContainerSignatureMapping') throw refusals.no('it is no container signature file');
      version = xml.attribute('signatureVersion') ?? '';
    } else if (element === 'ContainerSignature') {
      const kind = xml.attribute('ContainerType') ?? '';
      current = { id: xml.attribute('Id') ?? '', kind, description: '', files: [], broken: false };
    } else if (element === 'File') {
      current?.files.push({ path: '', signatures: [] });
      before = { understood: gathering.signatures.length, refused: gathering.problems.length };
    } else if (element === 'Path' || element === 'Description') {
      words = '';
      xml.wantsText = true;
    } else if (element === 'FileFormatMapping') {
      puids.set(xml.attribute('signatureId') ?? '', xml.attribute('Puid') ?? '');
    } else if (element === 'TriggerPuid') {
      const kind = xml.attribute('ContainerType') ?? '';
      if (isKind(kind)) triggers.set(xml.attribute('Puid') ?? '', kind);
    } else gathering.open(element, xml);
  };
  const close = (element: string, xml: XmlTokenizer) => {
    const file = current?.files.at(-1);
    if (element === 'Path' || element === 'Description') {
      xml.wantsText = false;
      if (element === 'Path' && file) file.path = words.trim();
      else if (current) current.description = words.trim();
    } else if (element === 'File' && current && file) {
      file.signatures.push(...gathering.signatures.slice(before.understood));
      current.broken ||= gathering.problems.length > before.refused;
    } else if (element === 'ContainerSignature' && current) {
      found.push(current);
      current = undefined;
    } else gathering.close(element, xml);
  };
  const text = (piece: string) => {
    words += piece;
    gathering.text(piece);
  };
  const xml = new XmlTokenizer({ open, close, text }, refusals);
  xml.write(withoutMark(bytes));
  xml.end();

  const signatures: ContainerSignature[] = [];
  for (const { broken, kind, ...rest } of found) {
    const puid = puids.get(rest.id) ?? '';
    const why = broken
      ? 'a file in it has a signature that is not understood'
      : !isKind(kind)
        ? `containers of kind ${kind} are not known`
        : puid === ''
          ? 'no format belongs to it'
          : rest.files.length === 0 || rest.files.some((f) => f.path === '')
            ? 'it names no file'
            : '';
    if (why === '' && isKind(kind)) signatures.push({ ...rest, kind, puid });
    else problems.push(`Container signature ${rest.id} is left out: ${why}.`);
  }
  if (signatures.length === 0) throw refusals.no('it holds no signature that can be understood');
  return { version, signatures, triggers, problems: [...gathering.problems, ...problems] };
}
