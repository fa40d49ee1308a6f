import { crc32 } from 'node:zlib';

/** A ZIP file of parts, stored as they are. */
export function storedZip(parts: Readonly<Record<string, string | Buffer>>): Buffer {
  const files: Buffer[] = [];
  const entries: Buffer[] = [];
  let offset = 0;
  for (const [name, content] of Object.entries(parts)) {
    const data = Buffer.from(content);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt32LE(crc32(data), 10);
    common.writeUInt32LE(data.length, 14);
    common.writeUInt32LE(data.length, 18);
    common.writeUInt16LE(name.length, 22);
    const file = Buffer.concat([Buffer.from('PK\x03\x04'), common, Buffer.from(name), data]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(offset, 10);
    entries.push(
      Buffer.concat([Buffer.from('PK\x01\x02'), Buffer.from([20, 0]), common, rest, Buffer.from(name)]),
    );
    files.push(file);
    offset += file.length;
  }
  const directory = Buffer.concat(entries);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 0, 'latin1');
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...files, directory, end]);
}

/**
 * An OFD document of 100 × 100 millimetres a page.
 *
 * @param pages objects of each page, in XML
 * @param fonts by number, the embedded font; null for a font that is named only
 */
export function ofdDocument(
  pages: readonly string[],
  fonts: Readonly<Record<string, Buffer | null>>,
): Buffer {
  const list = Object.entries(fonts);
  const fontXml = list.map(
    ([id, data]) =>
      `<Font ID="${id}" FontName="F${id}">${data ? `<FontFile>f${id}.ttf</FontFile>` : ''}</Font>`,
  );
  const references = pages.map((_, i) => `<Page ID="${i + 1}" BaseLoc="P${i}.xml"/>`);
  return storedZip({
    'OFD.xml': '<OFD><DocBody><DocInfo/><DocRoot>Doc/Document.xml</DocRoot></DocBody></OFD>',
    'Doc/Document.xml': `<Document><CommonData><PageArea><PhysicalBox>0 0 100 100</PhysicalBox></PageArea>
      <PublicRes>Res.xml</PublicRes></CommonData><Pages>${references.join('')}</Pages></Document>`,
    'Doc/Res.xml': `<Res><Fonts>${fontXml.join('')}</Fonts></Res>`,
    ...Object.fromEntries(
      pages.map((objects, i) => [
        `Doc/P${i}.xml`,
        `<Page><Content><Layer ID="9">${objects}</Layer></Content></Page>`,
      ]),
    ),
    ...Object.fromEntries(list.flatMap(([id, data]) => (data ? [[`Doc/f${id}.ttf`, data]] : []))),
  });
}
