import { readCategory, readRetention } from '#formats/reference-codes';
import { parseArchivalDate } from '#kernel/dates';
import { termsIn } from './canonical.ts';
import { PATTERN_VALUE } from './pattern.ts';
import type { FaultRule, MetadataFault, MetadataField } from './types.ts';
import { termOf } from './vocabularies.ts';

/** Told of a value; the rest is cut. */
const SHOWN = 80;
const shown = (value: string) =>
  [...value].length > SHOWN ? `${[...value].slice(0, SHOWN).join('')}…` : value;

/**
 * Control characters but tab and line ends, half surrogates, the replacement character, private use, and characters that
 * turn the direction of writing or are not seen.
 */
const FORBIDDEN =
  /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufffc-\uffff\ue000-\uf8ff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;
const LINE_ENDS = /[\t\n\r]/;
/** Fields of running text, which may have lines. */
const LONG = 1_000;

const compiled = new Map<string, RegExp>();
function whole(pattern: string): RegExp {
  let made = compiled.get(pattern);
  if (!made) {
    made = new RegExp(`^(?:${pattern})$`, 'u');
    compiled.set(pattern, made);
  }
  return made;
}

/**
 * Everything wrong with one value that is there, by the rules of its field: length (1-2), type and format (1-3), vocabulary
 * and range (1-4), characters (1-6). An empty value has no faults of its own: whether it may be is the record's.
 */
export function judgeField(field: MetadataField, value: string): MetadataFault[] {
  if (value === '') return [];
  const faults: MetadataFault[] = [];
  const say = (
    rule: FaultRule,
    message: MetadataFault['message'],
    detail: Readonly<Record<string, string | number>> = {},
  ) => faults.push({ rule, field: field.key, message, detail: { ...detail, value: shown(value) } });

  // Counting characters is only needed where bytes of the string alone do not settle it.
  const length = value.length > field.maxLength ? [...value].length : 0;
  if (length > field.maxLength) say('length', 'metadata.length', { length, most: field.maxLength });
  const bad = FORBIDDEN.exec(value) ?? (field.maxLength < LONG ? LINE_ENDS.exec(value) : null);
  if (bad) {
    const code = (bad[0].codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
    say('characters', 'metadata.characters', { character: `U+${code}`, place: bad.index + 1 });
  }
  const type = typeFault(field, value.trim());
  if (type) say('type', type);
  else if (field.pattern !== undefined && !fits(field.pattern, value)) say('type', 'metadata.pattern');
  if (!type && field.range && /^[0-9]+$/.test(value)) {
    const [least, most] = field.range;
    if (Number(value) < least || Number(value) > most) say('range', 'metadata.range', { least, most });
  }
  const { vocabulary } = field;
  const said = field.many ? termsIn(value) : [value];
  if (vocabulary && said.some((one) => !termOf(vocabulary, one))) {
    const known = vocabulary.terms.map((t) => t.words[0] ?? t.code).join('、');
    if (vocabulary.closed) say('vocabulary', 'metadata.vocabulary', { known });
    else say('unusual', 'metadata.unusual', { known });
  }
  return faults;
}

/** A pattern is not tried on what is longer than anything it is for. */
const fits = (pattern: string, value: string) => value.length <= PATTERN_VALUE && whole(pattern).test(value);

const ISO_DAY = /^\d{4}-\d{2}-\d{2}$/;

function typeFault(field: MetadataField, value: string): MetadataFault['message'] | null {
  switch (field.type) {
    case 'integer':
      if (field.own) return /^-?[0-9]{1,15}$/.test(value) ? null : 'metadata.integer';
      return /^[0-9]{1,15}$/.test(value) ? null : 'metadata.integer';
    case 'decimal':
      return /^-?[0-9]{1,15}(?:\.[0-9]{1,10})?$/.test(value) ? null : 'metadata.decimal';
    case 'yesNo':
      return value === 'yes' || value === 'no' ? null : 'metadata.yesNo';
    case 'url':
      return isAddress(value) ? null : 'metadata.url';
    case 'size':
      return /^[0-9]{1,15}$/.test(value) ? null : 'metadata.integer';
    case 'year':
      return /^[12][0-9]{3}$/.test(value) ? null : 'metadata.year';
    case 'seconds':
      return /^(?:[0-9]{1,9}(?:\.[0-9]{1,6})?|[0-9]{1,3}:[0-5][0-9](?::[0-5][0-9])?)$/.test(value)
        ? null
        : 'metadata.seconds';
    case 'date': {
      const { date } = parseArchivalDate(value);
      if (!date) return 'metadata.date';
      return date.text === value || ISO_DAY.test(value) ? null : 'metadata.dateForm';
    }
    case 'category':
      return readCategory(value) ? null : 'metadata.category';
    case 'retention':
      return readRetention(value) ? null : 'metadata.retention';
    default:
      return null;
  }
}

function isAddress(value: string): boolean {
  return /^https?:\/\/[^\s/]+/i.test(value) && URL.canParse(value);
}
