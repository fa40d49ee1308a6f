import { type Granularity, granularityOf } from './dates.ts';
import { type OaiError, oaiError } from './errors.ts';

/** A request that keeps to the protocol; whether what it names exists is not asked here. */
export type OaiRequest =
  | { verb: 'Identify' }
  | { verb: 'ListSets'; resumptionToken?: string }
  | { verb: 'ListMetadataFormats'; identifier?: string }
  | { verb: 'GetRecord'; identifier: string; metadataPrefix: string }
  | ({ verb: ListVerb } & (Selection | { resumptionToken: string }));

export type ListVerb = 'ListRecords' | 'ListIdentifiers';
export type Verb = OaiRequest['verb'];

/** What a list is asked for. */
export interface Selection {
  metadataPrefix: string;
  set?: string;
  /** As given: a day or a second, both alike. */
  from?: string;
  until?: string;
}

/** A request as read, or what is wrong with it. */
export type ReadRequest =
  | {
      ok: true;
      request: OaiRequest;
      /** The arguments as given, for the `request` element of the answer. */
      arguments: Readonly<Record<string, string>>;
    }
  | { ok: false; errors: readonly OaiError[] };

interface Rule {
  required: readonly string[];
  optional: readonly string[];
  /** Excludes all others where the verb takes it. */
  token: boolean;
}

const LIST: Rule = { required: ['metadataPrefix'], optional: ['from', 'until', 'set'], token: true };
const RULES: Readonly<Record<Verb, Rule>> = {
  Identify: { required: [], optional: [], token: false },
  ListMetadataFormats: { required: [], optional: ['identifier'], token: false },
  ListSets: { required: [], optional: [], token: true },
  GetRecord: { required: ['identifier', 'metadataPrefix'], optional: [], token: false },
  ListIdentifiers: LIST,
  ListRecords: LIST,
};
const isVerb = (word: string): word is Verb => Object.hasOwn(RULES, word);

/** Longer than any argument that means something; what is longer is not repeated to anybody. */
const LONGEST = 2_000;
const PREFIX = /^[A-Za-z0-9\-_.!~*'()]+$/;
const SET = /^[A-Za-z0-9\-_.!~*'()]+(:[A-Za-z0-9\-_.!~*'()]+)*$/;
// What no address holds: white space, control characters, characters XML has no place for.
const NOT_OF_ADDRESSES = /[\s\x00-\x1f\x7f-\x9f\ufffd-\uffff]/;

/**
 * Reads the arguments of a request, of its address or of its form (OAI-PMH 2.0, sections 3.1.1 and 4).
 *
 * @param query `key=value&…`, without a question mark
 * @param granularity how finely the repository keeps dates; finer ones are badArgument
 */
export function readOaiRequest(query: string, granularity: Granularity = 'second'): ReadRequest {
  const given = [...new URLSearchParams(query)];
  const verbs = given.filter(([name]) => name === 'verb');
  const verb = verbs[0]?.[1] ?? '';
  if (verbs.length === 0) return bad(oaiError('badVerb', 'The argument verb is missing.'));
  if (verbs.length > 1) return bad(oaiError('badVerb', 'The argument verb is given more than once.'));
  if (!isVerb(verb)) return bad(oaiError('badVerb', 'The value of verb is no verb of OAI-PMH.'));
  const rest = given.filter(([name]) => name !== 'verb');
  const errors = [...misplaced(verb, rest), ...unreadable(rest, granularity)];
  if (errors.length > 0) return bad(...errors);
  const values = Object.fromEntries(rest);
  return { ok: true, request: { verb, ...values } as OaiRequest, arguments: { verb, ...values } };
}

const bad = (...errors: OaiError[]): ReadRequest => ({ ok: false, errors });
const argument = (message: string) => oaiError('badArgument', message);

/** Arguments that are repeated, that the verb does not take, or that are missing. */
function misplaced(verb: Verb, given: readonly (readonly [string, string])[]): OaiError[] {
  const { required, optional, token } = RULES[verb];
  const names = given.map(([name]) => name);
  const known = new Set([...required, ...optional, ...(token ? ['resumptionToken'] : [])]);
  const errors = [...known]
    .filter((name) => names.filter((n) => n === name).length > 1)
    .map((name) => argument(`The argument ${name} is given more than once.`));
  if (names.some((name) => !known.has(name)))
    errors.push(argument(`There are arguments that ${verb} does not take.`));
  if (token && names.includes('resumptionToken')) {
    if (names.some((name) => name !== 'resumptionToken'))
      errors.push(argument('The argument resumptionToken excludes all others.'));
    return errors;
  }
  for (const name of required)
    if (!names.includes(name)) errors.push(argument(`The argument ${name} is missing.`));
  return errors;
}

/** Values the protocol does not allow. Nothing of them is repeated: they are anybody's words. */
function unreadable(given: readonly (readonly [string, string])[], granularity: Granularity): OaiError[] {
  const values = new Map(given);
  const errors: OaiError[] = [];
  const refuse = (name: string, why: string) => errors.push(argument(`The argument ${name} ${why}.`));
  const wrong: Readonly<Record<string, (value: string) => boolean>> = {
    metadataPrefix: (v) => !PREFIX.test(v),
    set: (v) => !SET.test(v),
    identifier: (v) => NOT_OF_ADDRESSES.test(v),
    from: (v) => granularityOf(v) === undefined,
    until: (v) => granularityOf(v) === undefined,
  };
  for (const [name, value] of values) {
    if (!Object.hasOwn(wrong, name) && name !== 'resumptionToken') continue;
    // A token that is empty or endless is a bad token, which is said where tokens are read.
    if (name === 'resumptionToken') continue;
    if (value === '') refuse(name, 'is empty');
    else if (value.length > LONGEST) refuse(name, 'is too long');
    else if (wrong[name]!(value)) refuse(name, 'has a value that is not allowed');
  }
  if (errors.length === 0) errors.push(...oddRange(values.get('from'), values.get('until'), granularity));
  return errors;
}

function oddRange(from: string | undefined, until: string | undefined, kept: Granularity): OaiError[] {
  const given = [from, until].flatMap((date) => (date === undefined ? [] : [granularityOf(date)]));
  if (kept === 'day' && given.includes('second')) return [argument('Dates are kept by the day here.')];
  if (from === undefined || until === undefined) return [];
  if (given[0] !== given[1]) return [argument('The arguments from and until differ in granularity.')];
  return from > until ? [argument('The argument from is later than until.')] : [];
}
