import type { FileTree } from '#formats/tree';
import { isRefusal, messageOf } from '#kernel/errors';
import { type CatalogueRow, catalogueRows, UnreadableCatalogue } from '../catalogue/rows.ts';
import type { CatalogueRule, HandoverProfile } from '../profile.ts';
import type { Owners } from './owners.ts';
import { quoted, type Say } from './say.ts';

const DATE =
  /^(?:\d{4}|\d{4}(?:0[1-9]|1[0-2])|\d{4}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])|\d{4}[-./年](?:0?[1-9]|1[0-2])(?:[-./月](?:0?[1-9]|[12]\d|3[01])日?|月)?)$/;

/** What a catalogue said of the whole. */
export interface CatalogueFacts {
  rows: number;
  first: string;
  last: string;
}

/** Reads one catalogue through: its form, its columns, each row; its rows are made known to `owners`. */
export async function checkCatalogue(
  tree: FileTree,
  path: string,
  rule: CatalogueRule,
  profile: HandoverProfile,
  owners: Owners,
  say: Say,
): Promise<CatalogueFacts> {
  const facts: CatalogueFacts = { rows: 0, first: '', last: '' };
  const columns = new Columns(path, rule, say);
  const place = (line: number) => `${path}:${line}`;
  const heard = {
    root: (name: string) =>
      say(
        'error',
        'catalogueRoot',
        path,
        `The catalogue’s root is ${quoted(name)}; it should be “${rule.root}”.`,
      ),
    stranger: (name: string, line: number) =>
      say(
        'error',
        'catalogueElement',
        place(line),
        `${quoted(name)} stands among the rows, which are “${rule.row}”.`,
      ),
    columns: (names: readonly string[]) => columns.table(names),
  };
  const read = async (asGb18030: boolean) => {
    for await (const row of catalogueRows(tree, path, rule, heard, asGb18030)) {
      facts.rows++;
      columns.row(row);
      checkRow(row, rule, profile, owners, say, path);
      const code = row.values.get('档号') ?? '';
      if (facts.rows === 1) facts.first = code;
      facts.last = code;
    }
  };
  try {
    await read(false);
  } catch (e) {
    if (isRefusal(e)) say('error', 'unreadable', path, `The catalogue can not be read: ${messageOf(e)}`);
    if (!(e instanceof UnreadableCatalogue)) {
      if (isRefusal(e)) return facts;
      throw e;
    }
    say('error', e.code.replace('handover.', ''), path, e.message);
    if (e.code === 'handover.encoding' && facts.rows === 0) await again(read, path, say);
  }
  if (facts.rows === 0) say('error', 'catalogueEmpty', path, 'The catalogue has no row.');
  return facts;
}

/** Systems write GB 18030 and declare nothing, or UTF-8: what can be said of the rest is said all the same. */
async function again(read: (asGb18030: boolean) => Promise<void>, path: string, say: Say): Promise<void> {
  try {
    await read(true);
    say('info', 'readAs', path, 'It was read on as GB 18030, which its bytes are.');
  } catch (e) {
    if (!(e instanceof UnreadableCatalogue)) throw e;
    say('error', e.code.replace('handover.', ''), path, e.message);
  }
}

/** Which columns there are. */
class Columns {
  readonly #path: string;
  readonly #rule: CatalogueRule;
  readonly #say: Say;
  readonly #said = new Set<string>();

  constructor(path: string, rule: CatalogueRule, say: Say) {
    this.#path = path;
    this.#rule = rule;
    this.#say = say;
  }

  /** A table: what it lacks is said once. */
  table(names: readonly string[]): void {
    this.#say('warning', 'catalogueForm', this.#path, 'The catalogue is a table; the rule asks for XML.');
    for (const { name, need } of this.#rule.columns)
      if (need !== 'may' && !names.includes(name)) this.#missing(name, this.#path);
    for (const name of names) if (name !== '') this.#known(name, this.#path);
  }

  row({ values, line }: CatalogueRow): void {
    const place = `${this.#path}:${line}`;
    let before = -1;
    for (const name of values.keys()) {
      this.#known(name, place);
      const at = this.#rule.columns.findIndex((c) => c.name === name);
      if (at >= 0 && at < before && !this.#said.has('order')) {
        this.#said.add('order');
        this.#say('warning', 'columnOrder', place, `“${name}” does not stand in the order of the rule.`);
      }
      before = Math.max(before, at);
    }
    for (const { name, need } of this.#rule.columns)
      if (need !== 'may' && !values.has(name)) this.#missing(name, place);
  }

  #missing(name: string, place: string): void {
    if (this.#said.has(`-${name}`)) return;
    this.#said.add(`-${name}`);
    this.#say('error', 'columnMissing', place, `The catalogue lacks “${name}”, here first.`);
  }

  #known(name: string, place: string): void {
    if (this.#rule.columns.some((c) => c.name === name) || this.#said.has(name)) return;
    if (this.#said.size < 1000) this.#said.add(name);
    this.#say('warning', 'columnUnknown', place, `The rule knows no column ${quoted(name)}.`);
  }
}

function checkRow(
  row: CatalogueRow,
  rule: CatalogueRule,
  profile: HandoverProfile,
  owners: Owners,
  say: Say,
  path: string,
): void {
  const place = `${path}:${row.line}`;
  const value = (name: string) => row.values.get(name)?.trim() ?? '';
  for (const { name, need } of rule.columns)
    if (need !== 'may' && row.values.has(name) && value(name) === '')
      say(need === 'must' ? 'error' : 'warning', 'valueMissing', place, `“${name}” is empty.`);
  const number = value('顺序号');
  if (number !== '' && Number(number) !== row.number)
    say('warning', 'sequence', place, `“顺序号” says ${quoted(number)}; this is row ${row.number}.`);
  const date = value('日期');
  if (date !== '' && !DATE.test(date.replace(/\s/g, '')) && !date.includes('~') && !/[-—至]\d{4}/.test(date))
    say('warning', 'date', place, `“日期” says ${quoted(date)}, which is no date such as 20240305.`);
  const retention = value('保管期限');
  if (retention !== '' && profile.retention.length > 0 && !profile.retention.includes(retention))
    say(
      'warning',
      'retention',
      place,
      `“保管期限” says ${quoted(retention)}, which is no period known here.`,
    );
  for (const name of ['页数', '件数'])
    if (value(name) !== '' && !/^[1-9]\d{0,8}$/.test(value(name)))
      say(
        'error',
        'countForm',
        place,
        `“${name}” says ${quoted(value(name))}; it should be a whole number from 1.`,
      );
  const code = value('档号');
  const owner = {
    level: rule.level,
    code,
    title: value('题名'),
    pages: value('页数'),
    catalogue: path,
    line: row.line,
  };
  if (!owners.add(owner, value(profile.filesColumn)))
    say('error', 'duplicateCode', place, `The reference code ${quoted(code)} stands in the catalogue twice.`);
}
