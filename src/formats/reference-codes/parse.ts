import type { Finding } from '#kernel/errors';
import { categoryByCode } from './categories.ts';
import { normaliseReferenceCode } from './normalise.ts';
import {
  type CodeLevel,
  type ReferenceTemplate,
  type Slot,
  type SlotValues,
  slotPattern,
} from './template.ts';
import { defaultTemplates } from './templates.ts';

export interface ParsedCode {
  readonly template: ReferenceTemplate;
  /** Values as they stand in the code, leading zeros kept; absent slots are not listed. */
  readonly slots: SlotValues;
  /** The code with standard separators; the stored code stays as received. */
  readonly normalised: string;
  /** What the last element names. */
  readonly level: CodeLevel;
  /** Keys of other templates that fit as well. */
  readonly alternatives: readonly string[];
}
export interface CodeReading {
  readonly parsed: ParsedCode | null;
  /** Errors when `parsed` is null; else warnings at most. */
  readonly findings: readonly Finding[];
}
interface Element {
  readonly separator: Slot['separatorBefore'];
  readonly text: string;
}

const MAX_LENGTH = 200;
const MAX_ELEMENTS = 16;

function elementsOf(code: string): Element[] {
  const found: Element[] = [];
  for (const m of code.matchAll(/([-·]?)([^-·]*)/g))
    if (m[0] !== '' || found.length === 0)
      found.push({ separator: m[1] as Slot['separatorBefore'], text: m[2]! });
  return found;
}

/** Fits elements to slots in order, filling optional slots before skipping them; null when they do not fit. */
function matchSlots(elements: readonly Element[], slots: readonly Slot[]): Record<string, string> | null {
  const values: Record<string, string> = {};
  const dead = new Set<number>();
  const go = (e: number, s: number): boolean => {
    if (e === elements.length) return slots.slice(s).every((slot) => !slot.required);
    if (s === slots.length || dead.has(e * 64 + s)) return false;
    const [element, slot] = [elements[e]!, slots[s]!];
    if (element.separator === slot.separatorBefore && slotPattern(slot).test(element.text)) {
      values[slot.name] = element.text;
      if (go(e + 1, s + 1)) return true;
      delete values[slot.name];
    }
    if (!slot.required && go(e, s + 1)) return true;
    dead.add(e * 64 + s);
    return false;
  };
  return go(0, 0) ? values : null;
}

function levelOf(template: ReferenceTemplate, slots: SlotValues): CodeLevel {
  return template.slots.findLast((s) => slots[s.name] !== undefined)?.level ?? 'fonds';
}

function badCharacters(code: string): Finding[] {
  const found: Finding[] = [];
  const say = (key: string, message: string) =>
    found.push({ code: `referenceCode.${key}`, severity: 'error', path: code.slice(0, MAX_LENGTH), message });
  if (code === '') say('empty', 'There is no reference code.');
  else if (code.length > MAX_LENGTH) say('tooLong', `A reference code has at most ${MAX_LENGTH} characters.`);
  else {
    if (/\s/.test(code)) say('space', 'A reference code has no blanks in it.');
    if (/\p{Ll}/u.test(code)) say('lowercase', 'Letters in a reference code are capitals.');
    if (/(?:^|[-·])(?:[-·]|$)/.test(code)) say('emptyElement', 'An element between two separators is empty.');
  }
  return found;
}

/**
 * Reads a reference code (DA/T 13-2022, DA/T 22-2015, DA/T 13-1994) with the first template that fits.
 *
 * @param code as received; other dashes and dots, and full width, are read as the standard's own, with a warning.
 * @param templates in order of preference; the forms of the standards when not given.
 * @returns the reading, or findings `referenceCode.*` that say why there is none. Never throws.
 */
export function parseReferenceCode(
  code: string,
  templates: readonly ReferenceTemplate[] = defaultTemplates,
): CodeReading {
  const normalised = normaliseReferenceCode(code);
  const errors = badCharacters(normalised);
  const elements = elementsOf(normalised.slice(0, MAX_LENGTH));
  const fits =
    errors.length > 0 || elements.length > MAX_ELEMENTS
      ? []
      : templates.flatMap((template) => {
          const slots = matchSlots(elements, template.slots);
          return slots ? [{ template, slots }] : [];
        });
  const first = fits[0];
  if (!first) {
    if (errors.length === 0)
      errors.push({
        code: 'referenceCode.noTemplate',
        severity: 'error',
        path: code.slice(0, MAX_LENGTH),
        message: 'The reference code has none of the known forms.',
      });
    return { parsed: null, findings: errors };
  }
  const warnings: Finding[] = [];
  const warn = (key: string, message: string) =>
    warnings.push({ code: `referenceCode.${key}`, severity: 'warning', path: code, message });
  if (normalised !== code) warn('separators', `Separators or width differ from the standard: ${normalised}`);
  const category = first.slots.category;
  if (category !== undefined && !categoryByCode(category))
    warn('unknownCategory', `${category} is not a category of DA/T 13-2022.`);
  return {
    parsed: {
      ...first,
      normalised,
      level: levelOf(first.template, first.slots),
      alternatives: fits.slice(1).map((f) => f.template.key),
    },
    findings: warnings,
  };
}
