/** Vocabularies of the DILCIS Board, as facts: the terms with which packages are described. */

/** Dashes of the published list differ from those people type; both are taken. */
export const asTerm = (value: string): string => value.replace(/[\u2010-\u2015]/g, '-').trim();

const terms = (...values: string[]): ReadonlySet<string> => new Set(values.map(asTerm));

/** `mets/@TYPE`. */
export const CONTENT_CATEGORIES = terms(
  ...['Textual works - Print', 'Textual works - Digital', 'Textual works - Electronic Serials'],
  ...[
    'Digital Musical Composition (score-based representations)',
    'Musical Scores - Print',
    'Musical Scores - Digital',
  ],
  ...[
    'Photographs - Print',
    'Photographs - Digital',
    'Other Graphic Images - Print',
    'Other Graphic Images - Digital',
  ],
  ...['Microforms', 'Audio - On Tangible Medium (digital or analog)', 'Audio - Media-independent (digital)'],
  ...['Motion Pictures - Digital and Physical Media', 'Video - File-based and Physical Media', 'Software'],
  ...['Software and Video Games', 'Email', 'Datasets', 'Geospatial Data'],
  ...['Geographic Information System (GIS) - Vector Data', 'GIS Raster and Georeferenced Images'],
  ...['GIS Vector and Raster Combined', 'Non-GIS Cartographic', '2D and 3D Computer Aided Design'],
  ...[
    'Design (schematics, architectural drawings) - Print',
    'Scanned 3D Objects (output from photogrammetry scanning)',
  ],
  ...[
    'Databases',
    'Websites',
    'Web Archives',
    'Collection',
    'Event',
    'Image',
    'Interactive resource',
    'Moving image',
  ],
  ...['Sound', 'Still image', 'Text', 'Physical object', 'Service', 'Mixed', 'MIXED', 'Other', 'OTHER'],
);

/** `@csip:CONTENTINFORMATIONTYPE`; the list and the schema that goes with it differ, and both are taken. */
export const CONTENT_INFORMATION_TYPES = terms(
  ...['ERMS', 'SIARD1', 'SIARD2', 'SIARDDK', 'GeoData', 'citscarchival_v1_0', 'citcarchival_v1_0'],
  ...[
    'citsarchival_v1_0',
    'cscarchival_v1_0',
    'csarchival_v1_0',
    'citserms_v2_1',
    'citserms_v3_0',
    'citspremis_v1_0',
  ],
  ...[
    'cspremis_v1_0',
    'citsehpj_v1_0',
    'citsehpj_v2_0',
    'citsehcr_v1_0',
    'citssiard_v1_0',
    'citsgeospatial_v3_0',
  ],
  ...['cits3dpm_v1_0', 'MIXED', 'OTHER'],
);

/** `metsHdr/@csip:OAISPACKAGETYPE`. */
export const PACKAGE_TYPES = terms('SIP', 'AIP', 'DIP', 'AIU', 'AIC');

/** `@STATUS` of sections of metadata. */
export const STATUSES = terms('CURRENT', 'SUPERSEDED');

/** `metsHdr/@RECORDSTATUS` of a submission package. */
export const RECORD_STATUSES = terms(
  'NEW',
  'SUPPLEMENT',
  'REPLACEMENT',
  'TEST',
  'VERSION',
  'DELETE',
  'OTHER',
);

/** First words of media types in the register of IANA. */
export const MEDIA_TYPES = terms(
  ...[
    'application',
    'audio',
    'example',
    'font',
    'haptics',
    'image',
    'message',
    'model',
    'multipart',
    'text',
    'video',
  ],
);

/** Addresses of METS profiles: which specification they are of, and which version they name. */
export const PROFILE =
  /^https?:\/\/eark(?<of>csip|sip|dip|aip)\.dilcis\.eu\/profile\/(?:E-ARK-)?\w+?(?:-v(?<major>\d+)-(?<minor>\d+)-\d+)?(?:\.xml)?\/?$/i;
