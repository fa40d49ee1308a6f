import { type RegisterRow, rows } from '../types.ts';

const vips = { tool: 'libvips', policy: 'normalise' } as const;

/** Pictures, and drawings made of lines. [S:standards 4.7: TIFF and JPEG 2000 for keeping, for photographs JPEG too] */
export const PICTURES: readonly RegisterRow[] = [
  ...rows('bitmap', [
    {
      name: 'TIFF',
      puids: 'fmt/353 fmt/155',
      risk: 'low',
      why: ['archivalForm', 'openStandard', 'widelyRead'],
    },
    { name: 'BigTIFF', puids: 'fmt/1917', risk: 'low', why: ['published', 'fewReaders'] },
    { name: 'JPEG 2000 (JP2)', puids: 'x-fmt/392', risk: 'low', why: ['archivalForm', 'openStandard'] },
    {
      name: 'JPEG 2000 (JPX, JPM, code stream)',
      puids: 'fmt/151 fmt/463 fmt/1794',
      risk: 'medium',
      why: ['openStandard', 'fewReaders', 'variants'],
    },
    {
      name: 'PNG',
      puids: 'fmt/11 fmt/12 fmt/13',
      risk: 'low',
      why: ['openStandard', 'widelyRead', 'selfContained'],
      tool: 'libvips',
    },
    { name: 'APNG', puids: 'fmt/935', risk: 'medium', why: ['published', 'fewReaders'] },
    { name: 'GIF', puids: 'fmt/3 fmt/4', risk: 'low', why: ['published', 'widelyRead'], ...vips },
    {
      name: 'BMP',
      puids: 'fmt/115 fmt/116 fmt/118 fmt/119',
      risk: 'low',
      why: ['published', 'widelyRead', 'variants'],
    },
    { name: 'WebP', puids: 'fmt/566 fmt/567 fmt/568', risk: 'medium', why: ['published', 'lossy'], ...vips },
    { name: 'AVIF', puids: 'fmt/2062', risk: 'medium', why: ['published', 'lossy', 'fewReaders'], ...vips },
    {
      name: 'HEIC, HEIF',
      puids: 'fmt/1101',
      risk: 'high',
      why: ['openStandard', 'lossy', 'fewReaders'],
      policy: 'migrate',
    },
    {
      name: 'JPEG XL, JPEG XR',
      puids: 'fmt/1485 fmt/590',
      risk: 'medium',
      why: ['openStandard', 'fewReaders'],
    },
    {
      name: 'Photoshop (PSD, PSB)',
      puids: 'x-fmt/92 fmt/996',
      open: false,
      risk: 'high',
      why: ['closed', 'variants'],
      policy: 'migrate',
    },
    { name: 'ICO', puids: 'x-fmt/418', risk: 'low', why: ['published'] },
    { name: 'DICOM', puids: 'fmt/574', risk: 'low', why: ['openStandard'] },
  ]),
  ...rows('photo', [
    {
      name: 'JPEG, EXIF',
      puids: 'fmt/41 fmt/42 fmt/43 fmt/44 x-fmt/390 x-fmt/391 x-fmt/398 fmt/645 fmt/1507 fmt/112 fmt/113',
      risk: 'low',
      why: ['archivalForm', 'openStandard', 'widelyRead', 'lossy'],
    },
    {
      name: 'DNG',
      puids: 'fmt/436 fmt/152 fmt/437 fmt/438 fmt/730 fmt/1841 fmt/1842 fmt/1943',
      risk: 'medium',
      why: ['published', 'variants'],
    },
    {
      name: 'CR2',
      puids: 'fmt/592',
      open: false,
      risk: 'high',
      why: ['closed', 'fewReaders'],
      policy: 'migrate',
    },
  ]),
  ...rows('vector', [
    {
      name: 'SVG',
      puids: 'lantai/svg fmt/91 fmt/92',
      risk: 'low',
      why: ['openStandard', 'widelyRead', 'activeContent'],
    },
    {
      name: 'DWG',
      puids:
        'fmt/28 fmt/29 fmt/30 fmt/31 fmt/32 fmt/33 fmt/34 fmt/35 fmt/36 x-fmt/455 fmt/434 fmt/531 fmt/1395',
      open: false,
      risk: 'high',
      why: ['closed', 'notSelfContained', 'variants'],
      policy: 'migrate',
    },
    {
      name: 'DXF',
      puids:
        'fmt/63 fmt/71 fmt/72 fmt/73 fmt/74 fmt/75 fmt/76 fmt/77 fmt/78 fmt/79 fmt/433 fmt/435 fmt/532 fmt/1389 fmt/1394',
      risk: 'medium',
      why: ['published', 'notSelfContained', 'variants'],
    },
    {
      name: 'DGN',
      puids: 'x-fmt/346',
      open: false,
      risk: 'high',
      why: ['closed', 'fewReaders'],
      policy: 'migrate',
    },
    { name: 'DWF', puids: 'lantai/dwf', risk: 'medium', why: ['published', 'fewReaders', 'abandoned'] },
    { name: 'STEP', puids: 'lantai/step', risk: 'low', why: ['openStandard'] },
    {
      name: 'ODG',
      puids: 'fmt/139 fmt/296 fmt/297 fmt/1753 fmt/2048',
      risk: 'medium',
      why: ['openStandard', 'notSelfContained'],
      policy: 'normalise',
      tool: 'libreoffice',
    },
    {
      name: 'Visio',
      puids: 'fmt/442 fmt/924',
      risk: 'high',
      why: ['published', 'fewReaders'],
      policy: 'migrate',
      tool: 'libreoffice',
    },
    {
      name: 'Shapefile, KML, GML',
      puids: 'x-fmt/235 fmt/277 fmt/244 fmt/724 x-fmt/227',
      risk: 'medium',
      why: ['published', 'notSelfContained'],
    },
  ]),
];
