import { describe, expect, it } from 'vitest';
import { explain, isReadable, type PackagePart } from './explain.ts';

const PARTS: readonly (readonly [string, PackagePart])[] = [
  ['0=ocfl_object_1.1', 'declaration'],
  ['inventory.json', 'inventory'],
  ['inventory.json.sha512', 'sidecar'],
  ['v12', 'version'],
  ['v12/inventory.json', 'versionInventory'],
  ['v1/content', 'contentFolder'],
  ['v1/content/content', 'heldFolder'],
  ['v1/content/content/0001.txt', 'held'],
  ['v2/content/derivatives/0001.pdf', 'held'],
  ['v2/content/metadata/derivatives-v2.json', 'files'],
  ['v2/content/metadata/premis/derivatives-v2.xml', 'premisFiles'],
  ['v1/content/metadata/object.json', 'object'],
  ['v2/content/metadata/files/00001.json', 'files'],
  ['v1/content/metadata/files.json', 'files'],
  ['v1/content/metadata/premis/events-v1.xml', 'premisEvents'],
  ['v1/content/text/0001/00001.alto.xml', 'alto'],
  ['v1/content/text/0001/00001.txt', 'plainText'],
  ['v1/content/checks/v1-intake-00001.json', 'report'],
  ['v1/content/certificates.pem', 'certificates'],
  ['something.else', 'other'],
];

describe('the parts of a package', () => {
  it('are told by their place', () => {
    for (const [path, part] of PARTS) expect([path, explain(path)]).toEqual([path, part]);
  });
  it('are shown as text when they are text about the record, and not when they are the record', () => {
    expect(isReadable('v1/content/metadata/object.json')).toBe(true);
    expect(isReadable('0=ocfl_object_1.1')).toBe(true);
    expect(isReadable('v1/content/content/0001.txt')).toBe(false);
    expect(isReadable('v1/content/content/0001.tif')).toBe(false);
    expect(isReadable('v2/content/derivatives/0001.xml')).toBe(false);
  });
});
