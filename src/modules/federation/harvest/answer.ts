import {
  createOaiTokens,
  firstSecond,
  type ListPlace,
  type ListVerb,
  lastSecond,
  namesOfSet,
  type OaiErrorCode,
  type OaiReply,
  type OaiRequest,
  oaiError,
  readOaiRequest,
  type Selection,
  setSpecOf,
  utcSeconds,
  writeOaiReply,
} from '#formats/oai';
import { PUBLIC, type Tx } from '#kernel/db';
import { isId } from '#kernel/ids';
import type { FederationDeps } from '../deps.ts';
import {
  type Horizon,
  horizon,
  pageOfList,
  publishedById,
  type RecordSet,
  recordSets,
  setMeant,
} from '../store/harvested.ts';
import { FORMATS, headerOf, isFormat, recordsOf } from './records.ts';

const PAGE = 200;
const SETS_AT_ONCE = 500;

/** Thrown within an answer: the protocol's own errors, one at a time. */
class Bad extends Error {
  readonly code: OaiErrorCode;
  constructor(code: OaiErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
const noSuchRecord = () => new Bad('idDoesNotExist', 'There is no such record here.');
const noFormat = () => new Bad('cannotDisseminateFormat', 'Records are not given in this format.');
const noMatch = () => new Bad('noRecordsMatch', 'There are no such records.');
const badToken = () => new Bad('badResumptionToken', 'This is no resumption token of this repository.');

/**
 * Answers harvesters by OAI-PMH 2.0, as the public is answered: each page is read under the public's own rights, so that what was
 * withdrawn this moment is a deleted record in it, whatever was published before.
 */
export function createHarvest(deps: FederationDeps) {
  const { db, publicUrl } = deps;
  const baseUrl = `${publicUrl}/oai`;
  const host = new URL(publicUrl).hostname;
  const tokens = createOaiTokens(deps.tokenKey);
  const pageSize = deps.pageSize ?? PAGE;
  const setsAtOnce = deps.pageSize ?? SETS_AT_ONCE;

  async function identify(now: Horizon): Promise<OaiReply> {
    const identity = {
      repositoryName: deps.repositoryName ?? (await deps.archives())[0]?.name ?? 'Lantai 蘭台',
      baseUrl,
      // The schema of the protocol wants a point in it.
      adminEmails: [deps.email ?? `postmaster@${host.includes('.') ? host : `${host}.localdomain`}`],
      earliestDatestamp: now.earliest,
    };
    // Names of machines in the house, and numbers, are no names by which the scheme knows repositories.
    if (!/^[a-z][a-z0-9-]*(\.[a-z][a-z0-9-]*)+$/i.test(host)) return { kind: 'Identify', identity };
    const sample = `oai:${host}:01890a5d-ac96-774b-bcce-b302099a8057`;
    return { kind: 'Identify', identity: { ...identity, identifiers: { repository: host, sample } } };
  }

  const names = `oai:${host}:`;
  const idMeant = (identifier: string): string => {
    const id = identifier.slice(names.length);
    if (!identifier.startsWith(names) || !isId(id)) throw noSuchRecord();
    return id;
  };

  async function formats(tx: Tx, identifier: string | undefined): Promise<OaiReply> {
    if (identifier !== undefined && !(await publishedById(tx, idMeant(identifier)))) throw noSuchRecord();
    return { kind: 'ListMetadataFormats', formats: FORMATS };
  }

  async function record(tx: Tx, identifier: string, prefix: string): Promise<OaiReply> {
    const published = await publishedById(tx, idMeant(identifier));
    if (!published) throw noSuchRecord();
    if (!isFormat(prefix)) throw noFormat();
    const [found] = await recordsOf(tx, { host, publicUrl, prefix }, [published]);
    return { kind: 'GetRecord', record: found! };
  }

  /** What a set is, by the lists of the catalogue. */
  async function setNamed(tx: Tx, spec: string): Promise<{ archive?: string; fonds?: string }> {
    const [kind, code, below, number, ...more] = namesOfSet(spec) ?? [];
    if (kind !== 'archive' || !code || more.length > 0) throw noMatch();
    if (below !== undefined && (below !== 'fonds' || number === undefined)) throw noMatch();
    const meant = await setMeant(tx, code, number);
    if (!meant) throw noMatch();
    return meant;
  }

  async function list(
    tx: Tx,
    verb: ListVerb,
    asked: Selection | ListPlace,
    { end, earliest }: Horizon,
  ): Promise<OaiReply> {
    const { metadataPrefix, set, from, until } = asked;
    const place = 'after' in asked ? asked : undefined;
    if (!isFormat(metadataPrefix)) throw noFormat();
    if (until !== undefined && lastSecond(until) < utcSeconds(earliest)) throw noMatch();
    const meant = set === undefined ? {} : await setNamed(tx, set);
    const found = await pageOfList(
      tx,
      {
        // Of an archive's fonds the fonds alone is asked for: one index leads there.
        ...(meant.fonds ? { fonds: meant.fonds } : meant.archive ? { archive: meant.archive } : {}),
        ...(from === undefined ? {} : { from: firstSecond(from) }),
        ...(until === undefined ? {} : { until: lastSecond(until) }),
        ...(place ? { after: place.after } : {}),
        limit: pageSize + 1,
      },
      end,
    );
    if (found.length === 0 && !place) throw noMatch();
    const page = found.slice(0, pageSize);
    const given = place?.given ?? 0;
    const last = page.at(-1);
    const resumption = more(
      verb,
      { metadataPrefix, set, from, until },
      found.length > pageSize ? last : undefined,
      {
        given,
        here: page.length,
      },
    );
    if (verb === 'ListIdentifiers')
      return { kind: verb, headers: page.map((p) => headerOf(host, p)), ...resumption };
    const records = await recordsOf(tx, { host, publicUrl, prefix: metadataPrefix }, page);
    return { kind: verb, records, ...resumption };
  }

  /** The token to go on with; an empty one ends a list of several pages, and with it the size of the whole is known. */
  function more(
    verb: ListVerb,
    { metadataPrefix, set, from, until }: { [K in keyof Selection]: Selection[K] | undefined },
    last: { datestamp: Date; id: string } | undefined,
    { given, here }: { given: number; here: number },
  ) {
    if (!last)
      return given === 0 ? {} : { resumption: { token: '', cursor: given, completeListSize: given + here } };
    const token = tokens.write({
      verb,
      metadataPrefix: metadataPrefix!,
      ...(set === undefined ? {} : { set }),
      ...(from === undefined ? {} : { from }),
      ...(until === undefined ? {} : { until }),
      after: { datestamp: utcSeconds(last.datestamp), id: last.id },
      given: given + here,
    });
    return { resumption: { token, cursor: given } };
  }

  async function sets(tx: Tx, token: string | undefined): Promise<OaiReply> {
    const place = token === undefined ? undefined : tokens.read(token, 'ListSets');
    if (token !== undefined && !place) throw badToken();
    const [archiveId, fondsId] = place?.after.id.split('/') ?? [];
    const after = archiveId && fondsId ? { archiveId, fondsId } : undefined;
    const found = await recordSets(tx, after, setsAtOnce + 1);
    if (found.length === 0 && !place) throw new Bad('noSetHierarchy', 'There are no sets here yet.');
    const page = found.slice(0, setsAtOnce);
    const last = found.length > setsAtOnce ? page.at(-1) : undefined;
    const given = place?.given ?? 0;
    const named = page.flatMap((s, i) => setsShown(s, i === 0 ? archiveId : page[i - 1]!.archiveId));
    if (!last) {
      const resumption = given === 0 ? {} : { resumption: { token: '', cursor: given } };
      return { kind: 'ListSets', sets: named, ...resumption };
    }
    const written = tokens.write({
      verb: 'ListSets',
      metadataPrefix: '',
      after: { datestamp: utcSeconds(new Date(0)), id: `${last.archiveId}/${last.fondsId}` },
      given: given + named.length,
    });
    return { kind: 'ListSets', sets: named, resumption: { token: written, cursor: given } };
  }

  async function replyTo(tx: Tx, request: OaiRequest, now: Horizon): Promise<OaiReply> {
    switch (request.verb) {
      case 'Identify':
        return identify(now);
      case 'ListMetadataFormats':
        return formats(tx, request.identifier);
      case 'ListSets':
        return sets(tx, request.resumptionToken);
      case 'GetRecord':
        return record(tx, request.identifier, request.metadataPrefix);
      default: {
        if (!('resumptionToken' in request)) return list(tx, request.verb, request, now);
        const place = tokens.read(request.resumptionToken, request.verb);
        if (!place || !isId(place.after.id)) throw badToken();
        return list(tx, request.verb, place, now);
      }
    }
  }

  return {
    /**
     * Answers a request. It never fails for what is asked: the protocol has errors of its own.
     *
     * @param query the arguments, of the address or of the form
     * @returns an XML document
     */
    async answer(query: string): Promise<string> {
      const read = readOaiRequest(query);
      if (!read.ok) {
        const head = { baseUrl, at: deps.clock.now(), arguments: {} };
        return writeOaiReply(head, { kind: 'errors', errors: read.errors });
      }
      return db.as(PUBLIC, async (tx) => {
        const now = await horizon(tx);
        // Harvesters ask next time from the moment of this answer: what comes after the end of this list is of then.
        const head = { baseUrl, at: now.end, arguments: read.arguments };
        const reply = await replyTo(tx, read.request, now).catch((e: unknown): OaiReply => {
          if (e instanceof Bad) return { kind: 'errors', errors: [oaiError(e.code, e.message)] };
          throw e;
        });
        return writeOaiReply(head, reply);
      });
    },
  };
}

/** The set of a fonds, behind that of its archive where this is the first of it. */
function setsShown(s: RecordSet, archiveBefore: string | undefined): { spec: string; name: string }[] {
  const of = ['archive', s.archiveCode];
  const fonds = { spec: setSpecOf([...of, 'fonds', s.fondsNumber]), name: `${s.fondsNumber} ${s.fondsName}` };
  return s.archiveId === archiveBefore ? [fonds] : [{ spec: setSpecOf(of), name: s.archiveName }, fonds];
}
