/**
 * Formats that are taken for good at filing and transfer, by media type and PUID. GB/T 18894 and practice, from memory [M]:
 * each archive sets its own in the scheme.
 */
export const FORMATS_KEPT: readonly string[] = [
  'application/ofd', 'lantai/ofd', 'application/pdf', 'image/tiff', 'image/jpeg', 'image/jp2', 'image/png',
  'image/svg+xml', 'text/plain', 'text/xml', 'application/xml', 'text/csv', 'application/rtf', 'text/rtf', 'audio/x-wav',
  'audio/mpeg', 'audio/flac', 'audio/x-flac', 'application/mp4', 'video/mpeg', 'video/x-msvideo', 'application/mxf', 'video/x-flv',
  'application/warc', 'message/rfc822', 'lantai/eep',
]; // biome-ignore format: rows of words

/** Native files that may stand beside a rendition of a fixed form. */
export const FORMATS_BESIDE: readonly string[] = [
  'application/msword',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'application/vnd.ms-excel',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'application/vnd.ms-powerpoint',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  'application/vnd.oasis.opendocument.text',
  'application/vnd.oasis.opendocument.spreadsheet',
  'text/html',
  'application/xhtml+xml',
  'lantai/wps',
  'lantai/et',
  'lantai/dps',
  'image/vnd.dwg',
  'image/vnd.dxf',
];
