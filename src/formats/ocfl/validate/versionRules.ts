import type { Names } from '../compact/names.ts';
import { ignoring, type JsonSink, keeping } from '../json/sink.ts';
import { type Block, type BlockCodes, blockSink } from './blocks.ts';
import { logicalPathCodes } from './pathRules.ts';
import type { Say } from './say.ts';

/** One version of an inventory as it was read. */
export interface RawVersion {
  /** created, message and user as they stand; absent names are not in it. */
  readonly values: ReadonlyMap<string, unknown>;
  /** Null when there is none that could be read. */
  readonly state: Block | null;
}

const stateCodes: BlockCodes = { list: 'E051', twice: 'E033', anyCase: false, paths: logicalPathCodes };
const KNOWN = new Set(['created', 'state', 'message', 'user']);
export const URI = /^[A-Za-z][A-Za-z0-9+.-]*:[^\s<>"{}|\\^`]+$/;
const RFC3339 =
  /^(\d{4})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])[Tt]([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d+)?([Zz]|[+-]([01]\d|2[0-3]):[0-5]\d)$/;

type Json = Record<string, unknown>;
export const isObject = (x: unknown): x is Json => typeof x === 'object' && x !== null && !Array.isArray(x);

/** Reads one version of the block of versions; what stands in the place of one and is none is said by the caller. */
export function versionSink(
  names: Names,
  where: string,
  say: Say,
  done: (version: RawVersion) => void,
): JsonSink {
  const values = new Map<string, unknown>();
  const seen = new Set<string>();
  let state: Block | null = null;
  let at = '';
  const twice = (name: string) => say.error('E033', where, `"${name}" stands twice.`);
  const noState = () => say.error('E050', where, 'The state is not a JSON object.');
  const part = (kind: 'object' | 'array'): JsonSink => {
    if (!KNOWN.has(at)) return ignoring;
    if (at !== 'state') return keeping(kind, (value) => values.set(at, value), twice);
    if (kind === 'object')
      return blockSink(names, stateCodes, where, say, (block) => {
        state = block;
      });
    noState();
    return ignoring;
  };
  return {
    name(name) {
      at = name;
      if (seen.has(name)) twice(name);
      else if (!KNOWN.has(name)) say.error('E102', where, `The version has the unknown key ${name}.`);
      seen.add(name);
    },
    scalar(value) {
      if (at === 'state') noState();
      else if (KNOWN.has(at)) values.set(at, value);
    },
    object: () => part('object'),
    array: () => part('array'),
    end() {
      if (!seen.has('state')) say.error('E048', where, 'The version has no state.');
      checkValues(values, where, say);
      done({ values, state });
    },
  };
}

function checkValues(values: ReadonlyMap<string, unknown>, where: string, say: Say): void {
  const created = values.get('created');
  if (!values.has('created')) say.error('E048', where, 'The version has no created.');
  else if (typeof created !== 'string' || !isMoment(created))
    say.error('E049', where, 'created is not a date and time of RFC 3339 with seconds and time zone.');
  if (!values.has('message') || !values.has('user'))
    say.warning('W007', where, 'The version lacks message or user.');
  if (values.has('message') && typeof values.get('message') !== 'string')
    say.error('E094', where, 'The message is not a string.');
  if (values.has('user')) checkUser(values.get('user'), where, say);
}

/** RFC 3339, with a day its month has. */
function isMoment(text: string): boolean {
  const m = RFC3339.exec(text);
  return m !== null && Number(m[3]) <= new Date(Date.UTC(Number(m[1]), Number(m[2]), 0)).getUTCDate();
}

function checkUser(user: unknown, where: string, say: Say): void {
  if (!isObject(user) || typeof user.name !== 'string' || user.name === '') {
    say.error('E054', where, 'The user has no name.');
    return;
  }
  for (const key of Object.keys(user))
    if (key !== 'name' && key !== 'address') say.error('E102', where, `The user has the unknown key ${key}.`);
  if (user.address === undefined) say.warning('W008', where, 'The user has no address.');
  else if (typeof user.address !== 'string' || !URI.test(user.address))
    say.warning('W009', where, 'The address of the user is not a URI.');
}

/** JSON with sorted keys: two values that say the same have the same text. */
export function canonicalJson(value: unknown): string {
  return (
    JSON.stringify(value, (_, x: unknown) =>
      isObject(x) ? Object.fromEntries(Object.entries(x).sort()) : x,
    ) ?? ''
  );
}
