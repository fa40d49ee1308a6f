import { type Row, zip } from './rows.ts';

/** AutoCAD writes its release at the beginning of a drawing, and as \$ACADVER into an interchange file. */
const RELEASES: readonly [code: string, dwg: string, release: string, dxf: string, dxfRelease: string][] = [
  ['AC1002', 'fmt/28', '2.5', 'fmt/71', '2.5'],
  ['AC1003', 'fmt/29', '2.6', 'fmt/72', '2.6'],
  ['AC1004', 'fmt/30', 'R9', 'fmt/73', 'R9'],
  ['AC1006', 'fmt/31', 'R10', 'fmt/74', 'R10'],
  ['AC1009', 'fmt/32', 'R11/12', 'fmt/75', 'R11/12'],
  ['AC1012', 'fmt/33', 'R13', 'fmt/76', 'R13'],
  ['AC1014', 'fmt/34', 'R14', 'fmt/77', 'R14'],
  ['AC1015', 'fmt/35', '2000-2002', 'fmt/78', '2000-2002'],
  ['AC1018', 'fmt/36', '2004-2005', 'fmt/79', '2004/2005/2006'],
  ['AC1021', 'x-fmt/455', '2007-2008', 'fmt/433', '2007/2008/2009'],
  ['AC1024', 'fmt/434', '2010/2011/2012', 'fmt/435', '2010/2011/2012'],
  ['AC1027', 'fmt/531', '2013/2014', 'fmt/532', '2013/2014/2015/2016/2017'],
  ['AC1032', 'fmt/1395', '2018/2019/2020/2021', 'fmt/1389', '2018/2019/2020'],
];
const HEADER =
  "0-256 'SECTION' (0D0A|0A) {0-4} '2' (0D0A|0A) ('HEADER'|'CLASSES'|'TABLES'|'BLOCKS'|'ENTITIES')";

const drawings: Row[] = [
  ...RELEASES.flatMap(([code, dwg, release, dxf, dxfRelease]): Row[] => [
    {
      puid: dwg,
      name: 'AutoCAD Drawing',
      version: release,
      mime: 'image/vnd.dwg',
      ext: 'dwg',
      bytes: [`0 '${code}' 00`],
    },
    {
      puid: dxf,
      name: 'Drawing Interchange File Format (ASCII)',
      version: dxfRelease,
      mime: 'image/vnd.dxf',
      ext: 'dxf',
      over: 'fmt/63',
      bytes: [[HEADER, `0-2048 '$ACADVER' (0D0A|0A) {0-4} '1' (0D0A|0A) '${code}'`]],
    },
  ]),
  {
    puid: 'fmt/63',
    name: 'Drawing Interchange File Format (ASCII)',
    version: 'Generic',
    mime: 'image/vnd.dxf',
    ext: 'dxf',
    bytes: [HEADER],
  },
  {
    puid: 'fmt/1394',
    name: 'Drawing Interchange Format (Binary)',
    version: 'Generic',
    mime: 'image/vnd.dxf',
    ext: 'dxf',
    bytes: ["0 'AutoCAD Binary DXF' 0D0A1A00"],
  },
  // The type block of a V7 design file: element 9, 2D or 3D, then the words to follow.
  {
    puid: 'x-fmt/346',
    name: 'Microstation CAD Drawing',
    version: '95',
    ext: 'dgn',
    bytes: ['0 (08|C8) 09 FE02'],
  },
  ...(
    [
      // The first record of a shape file has the number 1; the first entry of its index points behind the header.
      ['x-fmt/235', 'ESRI Arc/View ShapeFile', 'shp', '00000001'],
      ['fmt/277', 'ESRI Arc/View Shapefile Index', 'shx', '00000032'],
    ] as const
  ).map(
    ([puid, name, ext, first]): Row => ({
      puid,
      name,
      ext,
      bytes: [
        [
          `0 0000270A 00000000 00000000 00000000 00000000 00000000 {4} E8030000 [00:1F] 000000`,
          `100 ${first}`,
        ],
      ],
    }),
  ),
  { puid: 'lantai/step', name: 'STEP (ISO 10303-21)', ext: 'stp step ifc', bytes: ["0 'ISO-10303-21;'"] },
  { puid: 'lantai/dwf', name: 'AutoCAD Design Web Format', ext: 'dwf', bytes: ["0 '(DWF V'"] },
  {
    puid: 'fmt/724',
    name: 'Keyhole Markup Language (Container)',
    mime: 'application/vnd.google-earth.kmz',
    ext: 'kmz',
    inside: [zip({ 'doc.kml': '' })],
  },
];

const PKZIP = "0 'PK'";
const archives: Row[] = [
  {
    puid: 'x-fmt/263',
    name: 'ZIP Format',
    mime: 'application/zip',
    ext: 'zip',
    bytes: [`${PKZIP} 0304`, `${PKZIP} 0506`, `${PKZIP} 0708 'PK' 0304`],
  },
  {
    puid: 'x-fmt/412',
    name: 'Java Archive Format',
    mime: 'application/java-archive',
    ext: 'jar',
    inside: [zip({ 'META-INF/MANIFEST.MF': "0 'Manifest-Version:'" })],
  },
  {
    puid: 'x-fmt/265',
    name: 'Tape Archive Format',
    mime: 'application/x-tar',
    ext: 'tar',
    bytes: ["257 'ustar' (00|20)"],
  },
  {
    puid: 'x-fmt/266',
    name: 'GZIP Format',
    mime: 'application/gzip',
    ext: 'gz',
    bytes: ['0 1F8B08 [00:1F]'],
  },
  {
    puid: 'x-fmt/268',
    name: 'BZIP2 Compressed Archive',
    mime: 'application/x-bzip2',
    ext: 'bz2',
    bytes: ["0 'BZh' ['1':'9'] (314159265359|177245385090)"],
  },
  { puid: 'fmt/1098', name: 'XZ File Format', ext: 'xz', bytes: ["0 FD '7zXZ' 00"] },
  { puid: 'lantai/zstd', name: 'Zstandard', mime: 'application/zstd', ext: 'zst', bytes: ['0 28B52FFD'] },
  { puid: 'fmt/484', name: '7Zip format', ext: '7z', bytes: ["0 '7z' BCAF271C"] },
  {
    puid: 'lantai/rar',
    name: 'RAR Archive (before 5.0)',
    mime: 'application/vnd.rar',
    ext: 'rar',
    bytes: ["0 'Rar!' 1A0700"],
  },
  {
    puid: 'fmt/613',
    name: 'RAR Archive',
    version: '5.0',
    mime: 'application/vnd.rar',
    ext: 'rar',
    bytes: ["0 'Rar!' 1A070100"],
  },
  {
    puid: 'x-fmt/414',
    name: 'Windows Cabinet File',
    mime: 'application/vnd.ms-cab-compressed',
    ext: 'cab',
    bytes: ["0 'MSCF' 00000000"],
  },
  { puid: 'fmt/626', name: 'LHA File Format', ext: 'lzh lha', bytes: ["2 '-lh' (['0':'7']|'d') '-'"] },
  { puid: 'fmt/468', name: 'ISO 9660 Disk Image File', ext: 'iso', bytes: ["32768 01 'CD001' 01"] },
  {
    puid: 'fmt/1738',
    name: 'UDF Disc Image',
    ext: 'iso',
    bytes: [["32768 00 'BEA01' 01", "34816 00 ('NSR02'|'NSR03') 01"]],
  },
  {
    puid: 'fmt/1739',
    name: 'UDF-ISO 9660 Bridge Disc',
    ext: 'iso',
    over: 'fmt/468 fmt/1738',
    bytes: [["32768 01 'CD001' 01", "34816-49152 00 ('NSR02'|'NSR03') 01"]],
  },
  { puid: 'fmt/289', name: 'WARC', mime: 'application/warc', ext: 'warc', bytes: ["0 'WARC/'"] },
  {
    puid: 'fmt/1355',
    name: 'WARC',
    version: '1.0',
    mime: 'application/warc',
    ext: 'warc',
    over: 'fmt/289',
    bytes: ["0 'WARC/1.0' 0D0A"],
  },
  {
    puid: 'fmt/1281',
    name: 'WARC',
    version: '1.1',
    mime: 'application/warc',
    ext: 'warc',
    over: 'fmt/289',
    bytes: ["0 'WARC/1.1' 0D0A"],
  },
  ...(['2.1', '2.2'] as const).map(
    (version): Row => ({
      puid: version === '2.1' ? 'fmt/1196' : 'fmt/1777',
      version,
      ext: 'siard',
      over: 'fmt/995',
      name: 'SIARD (Software-Independent Archiving of Relational Databases)',
      inside: [zip({ [`header/siardversion/${version}/`]: '' })],
    }),
  ),
  {
    puid: 'fmt/995',
    version: '2.0',
    ext: 'siard',
    name: 'SIARD (Software-Independent Archiving of Relational Databases)',
    inside: [zip({ 'header/metadata.xml': "any 'http://www.bar.admin.ch/xmlns/siard/2'" })],
  },
  {
    puid: 'fmt/161',
    version: '1.0',
    ext: 'siard',
    name: 'SIARD (Software-Independent Archiving of Relational Databases)',
    inside: [zip({ 'header/metadata.xml': "any 'http://www.bar.admin.ch/xmlns/siard/1'" })],
  },
];

/** A dBASE header: a day that can be, and a length that its kind of header can have. */
const DBF = '[00:FF] [01:0C] [01:1F] {4} [00:FF] [00:20] [!00]';
const databases: Row[] = [
  {
    puid: 'fmt/729',
    name: 'SQLite Database File Format',
    version: '3',
    mime: 'application/x-sqlite3',
    ext: 'db sqlite sqlite3 db3',
    bytes: ["0 'SQLite format 3' 00"],
  },
  {
    puid: 'x-fmt/9',
    name: 'dBASE Database',
    version: 'III',
    ext: 'dbf',
    bytes: [`0 (03|83) ${DBF} {19} 0000`],
  },
  {
    puid: 'x-fmt/10',
    name: 'dBASE Database',
    version: 'IV',
    mime: 'application/dbase',
    ext: 'dbf',
    bytes: [`0 8B ${DBF} {19} 0000`],
  },
  {
    puid: 'lantai/jet4',
    name: 'Microsoft Access Database File (Jet 4: 2000 to 2003)',
    ext: 'mdb mde',
    bytes: ["0 00010000 'Standard Jet DB' 00 01"],
  },
  {
    puid: 'lantai/jet3',
    name: 'Microsoft Access Database File (Jet 3: 95 or 97)',
    ext: 'mdb mde',
    bytes: ["0 00010000 'Standard Jet DB' 00 00"],
  },
  {
    puid: 'fmt/275',
    name: 'Microsoft Access Database File',
    version: '2007',
    ext: 'accdb',
    bytes: ["0 00010000 'Standard ACE DB' 00"],
  },
  {
    puid: 'x-fmt/248',
    name: 'Microsoft Outlook Personal Folders (ANSI)',
    version: '1997-2002',
    mime: 'application/vnd.ms-outlook',
    ext: 'pst',
    bytes: ["0 '!BDN' {4} 'SM' (0E|0F) 00"],
  },
  {
    puid: 'x-fmt/249',
    name: 'Microsoft Outlook Personal Folders (Unicode)',
    version: '2003-2007',
    ext: 'pst',
    bytes: ["0 '!BDN' {4} 'SM' 17 00"],
  },
];

const programs: Row[] = [
  {
    puid: 'lantai/exe',
    name: 'DOS or Windows program',
    mime: 'application/vnd.microsoft.portable-executable',
    ext: 'exe dll sys',
    bytes: ["0 'MZ' {58} [00:FF] [00:10] 0000", ["0 'MZ'", "64-4096 'PE' 0000"]],
  },
  {
    puid: 'fmt/690',
    name: 'Executable and Linkable Format',
    version: '64bit Little Endian',
    ext: 'elf o',
    bytes: ["0 7F 'ELF' 020101"],
  },
  {
    puid: 'fmt/688',
    name: 'Executable and Linkable Format',
    version: '32bit Little Endian',
    ext: 'elf o',
    bytes: ["0 7F 'ELF' 010101"],
  },
  { puid: 'x-fmt/415', name: 'Java Class File', ext: 'class', bytes: ['0 CAFEBABE 00 ?? 00 [2D:50]'] },
  {
    puid: 'x-fmt/453',
    name: 'TrueType Font',
    mime: 'font/ttf',
    ext: 'ttf',
    bytes: ['0 00010000 00 [04:40] 00 ?? 00 ?? 00'],
  },
  {
    puid: 'fmt/520',
    name: 'OpenType Font File',
    mime: 'font/otf',
    ext: 'otf',
    bytes: ["0 'OTTO' 00 [04:40]"],
  },
];

/** Drawings, maps, archives, databases and programs. */
export const DATA: readonly Row[] = [...drawings, ...archives, ...databases, ...programs];
