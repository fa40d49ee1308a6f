import type { Stage } from '#formats/metadata-schemes';
import { Refusal } from '#kernel/errors';
import { ruleOf } from '../rules/index.ts';
import { isSlug } from '../rules/slugs.ts';
import { codeOf } from './defaults.ts';
import { type ItemParameters, type ItemSeverity, type SchemeItem, SEVERITIES } from './scheme.ts';

const bad = (what: string) =>
  new Refusal('check.item', `This can not be part of a scheme: ${what}`, { what });
const METHODS = ['automatic', 'manual', 'confirmed'] as const;
const isObject = (v: unknown): v is Record<string, unknown> =>
  typeof v === 'object' && v !== null && !Array.isArray(v);

/** Items as somebody wrote them. @throws Refusal check.item naming what can not be */
export function readItems(given: unknown, stage: Stage): SchemeItem[] {
  if (!Array.isArray(given) || given.length === 0 || given.length > 100) throw bad('items');
  const seen = new Set<string>();
  return given.map((item): SchemeItem => {
    if (!isObject(item) || typeof item.slug !== 'string' || !isSlug(item.slug)) throw bad('slug');
    const { slug, severity, must, sample, code, method } = item;
    if (seen.has(slug)) throw bad(`${slug}: twice`);
    seen.add(slug);
    const known = SEVERITIES.find((s): s is ItemSeverity => s === severity);
    if (!known) throw bad(`${slug}: severity`);
    if (typeof sample !== 'number' || !(sample >= 0 && sample <= 100)) throw bad(`${slug}: sample`);
    if (code !== undefined && code !== null && (typeof code !== 'string' || code.length > 40))
      throw bad(`${slug}: code`);
    const done = METHODS.find((m) => m === method);
    if (method !== undefined && method !== null && !done) throw bad(`${slug}: method`);
    // What only a person can see no machine does.
    if (done && done !== 'manual' && ruleOf(slug).method === 'manual') throw bad(`${slug}: method`);
    if (done === 'manual' && must === true) throw bad(`${slug}: must`);
    return {
      slug,
      ...(done ? { method: done } : {}),
      code: code === undefined ? codeOf(slug, stage) : code,
      severity: known,
      must: must === true,
      sample,
      parameters: readParameters(slug, item.parameters ?? {}),
    };
  });
}

const words = (v: unknown): readonly string[] | undefined =>
  Array.isArray(v) && v.length <= 500 && v.every((w) => typeof w === 'string' && w !== '' && w.length <= 200)
    ? (v as string[])
    : undefined;
const READERS: Readonly<Record<keyof ItemParameters, (v: unknown) => boolean>> = {
  formats: (v) => words(v) !== undefined,
  besides: (v) => words(v) !== undefined,
  acts: (v) => words(v) !== undefined,
  keys: (v) => Array.isArray(v) && v.length <= 10 && v.every((k) => (words(k)?.length ?? 0) > 0),
  demandDigest: (v) => typeof v === 'boolean',
  demandSignature: (v) => typeof v === 'boolean',
  demandTrust: (v) => typeof v === 'boolean',
  from: (v) => v === null || (Number.isInteger(v) && Number(v) >= 0 && Number(v) <= 1_000_000),
  mostDays: (v) => Number.isInteger(v) && Number(v) > 0 && Number(v) <= 10_000,
  open: (v) => typeof v === 'number' && v >= 0 && v <= 100,
  fields: (v) => isObject(v) && Object.keys(v).length <= 200 && Object.values(v).every(isChange),
};

function isChange(v: unknown): boolean {
  if (!isObject(v)) return false;
  const { obligation, maxLength, terms, ...rest } = v;
  return (
    Object.keys(rest).length === 0 &&
    (obligation === undefined || ['required', 'conditional', 'optional'].includes(String(obligation))) &&
    (maxLength === undefined ||
      (Number.isInteger(maxLength) && Number(maxLength) > 0 && Number(maxLength) <= 100_000)) &&
    (terms === undefined || words(terms) !== undefined)
  );
}

function readParameters(slug: string, given: unknown): ItemParameters {
  if (!isObject(given)) throw bad(`${slug}: parameters`);
  for (const [name, value] of Object.entries(given))
    if (!Object.hasOwn(READERS, name) || !READERS[name as keyof ItemParameters](value))
      throw bad(`${slug}: ${name.slice(0, 50)}`);
  return given;
}
