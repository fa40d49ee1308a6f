import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { IdRegister, METS, validateMets } from './index.ts';

const judge = async (inner: string) =>
  (
    await validateMets(
      Readable.from([
        Buffer.from(`<mets xmlns="${METS}" xmlns:xlink="http://www.w3.org/1999/xlink">\n${inner}\n</mets>`),
      ]),
      'METS.xml',
    )
  ).findings.map((f) => `${f.code} ${f.path}`);
const MAP = '<structMap><div/></structMap>';

describe('A METS document judged by itself', () => {
  it('is sound', async () => {
    const sound = `<dmdSec ID="d"/><fileSec><fileGrp ID="g"><file ID="f" DMDID="d"><FLocat LOCTYPE="URL" xlink:href="a%20b/中"/></file></fileGrp></fileSec><structMap><div><fptr FILEID="f"/><fptr FILEID="g"/></div></structMap>`;
    expect(await judge(sound)).toEqual([]);
  });

  it.each([
    ['mets.duplicateId METS.xml:2', `<dmdSec ID="a"/><amdSec ID="a"/>${MAP}`],
    ['mets.danglingId METS.xml:2', `<structMap><div DMDID="gone"/></structMap>`],
    ['mets.otherId METS.xml:2', `<amdSec ID="a"/><structMap><div DMDID="a"/></structMap>`],
    [
      'mets.badHref METS.xml:2',
      `<fileSec><fileGrp><file ID="f"><FLocat LOCTYPE="URL" xlink:href="a b"/></file></fileGrp></fileSec>${MAP}`,
    ],
    [
      'mets.badHref METS.xml:2',
      `<fileSec><fileGrp><file ID="f"><FLocat LOCTYPE="URL" xlink:href="http://foo[bar.com/hello[1].pdf"/></file></fileGrp></fileSec>${MAP}`,
    ],
    ['mets.noHref METS.xml:2', `<dmdSec ID="d"><mdRef LOCTYPE="URL" MDTYPE="DC"/></dmdSec>${MAP}`],
    ['mets.noLocator METS.xml:2', `<dmdSec ID="d"><mdRef xlink:href="a" MDTYPE="DC"/></dmdSec>${MAP}`],
    ['mets.attribute METS.xml:2', `<dmdSec ID="d"><mdRef LOCTYPE="URL" xlink:href="a"/></dmdSec>${MAP}`],
    ['mets.attribute METS.xml:2', `<dmdSec ID="d" VERSIONABLE="true"/>${MAP}`],
    ['mets.value METS.xml:2', `<metsHdr CREATEDATE="yesterday"/>${MAP}`],
    ['mets.value METS.xml:2', `<metsHdr><agent ROLE="AUTHOR"><name>x</name></agent></metsHdr>${MAP}`],
    ['mets.value METS.xml:2', `<structMap><div ORDER="first"/></structMap>`],
    ['mets.lacks METS.xml:2', `<metsHdr><agent ROLE="CREATOR"/></metsHdr>${MAP}`],
    ['mets.lacks METS.xml:2', `<structMap/>`],
    ['mets.lacks METS.xml:2', `<fileSec/>${MAP}`],
    ['mets.order METS.xml:2', `${MAP}<dmdSec ID="d"/>`],
    ['mets.order METS.xml:2', `<fileSec><fileGrp/></fileSec><fileSec><fileGrp/></fileSec>${MAP}`],
    ['mets.order METS.xml:2', `<structMap><div><div/><fptr/></div></structMap>`],
    ['mets.element METS.xml:2', `<structMap><div><file ID="f"/></div></structMap>`],
    ['mets.element METS.xml:2', `<x xmlns="urn:x"/>${MAP}`],
    ['mets.noId METS.xml:2', `<fileSec><fileGrp><file/></fileGrp></fileSec>${MAP}`],
    ['mets.lacks METS.xml:1', `<dmdSec ID="d"/>`],
    ['mets.strayText METS.xml', `words${MAP}`],
  ])('is found out: %s', async (finding, inner) => {
    expect(await judge(inner)).toEqual([finding]);
  });

  it('names what comes later in the document too', async () => {
    expect(await judge(`<amdSec><techMD ID="t" ADMID="u"/><techMD ID="u"/></amdSec>${MAP}`)).toEqual([]);
  });
});

describe('A register of identifiers', () => {
  it('tells each of a hundred thousand, and no other', () => {
    const register = new IdRegister();
    for (let i = 0; i < 100_000; i++) expect(register.add(`file-${i}`, i % 2 ? 'file' : 'amd')).toBe(true);
    for (let i = 0; i < 100_000; i++) {
      expect(register.kindOf(`file-${i}`)).toBe(i % 2 ? 'file' : 'amd');
      expect(register.kindOf(`group-${i}`)).toBeUndefined();
    }
    expect(register.add('file-7', 'dmd')).toBe(false);
  });
});
