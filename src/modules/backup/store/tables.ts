import pg from 'pg';

/** A table as the catalogue of the database knows it. */
export interface TableShape {
  name: string;
  columns: string[];
  keys: number;
  /** `"holdings"."unit"` */
  quoted: string;
  /** Columns as COPY wants them: quoted, those of the key first, generated ones left out. */
  columnList: string;
  order: string;
}

/**
 * Schemas of other programs' making, and the queue's, whose tables are its own business: what waits there is kept as what
 * it is (store/queue.ts).
 */
export const NOT_OURS = ['information_schema', 'public', 'pgboss', 'lantai_restore'];
/** Made anew by every install: which migrations ran, and the key of the seal, which is drawn from the owner's password. */
const MADE_ANEW = ['lantai.migration', 'lantai.seal_key'];

export const OUR_SCHEMAS = `select n.oid, n.nspname from pg_namespace n
  where n.nspname !~ '^pg_' and n.nspname <> all ($1::text[]) and pg_has_role(n.nspowner, 'usage')`;

/** So that rows read the same on every server. */
export const SAME_TEXT = `set datestyle = 'ISO, MDY'; set timezone = 'UTC'; set intervalstyle = 'postgres';
  set extra_float_digits = 1; set bytea_output = 'hex'; set client_encoding = 'UTF8'; set row_security = off;
  set statement_timeout = 0; set idle_in_transaction_session_timeout = 0`;

export async function ourSchemas(client: pg.ClientBase): Promise<string[]> {
  const { rows } = await client.query<{ nspname: string }>(`${OUR_SCHEMAS} order by 2`, [NOT_OURS]);
  return rows.map((r) => r.nspname);
}

interface Column {
  table: string;
  schema: string;
  relation: string;
  column: string;
  /** Place in the key; null: not part of it. */
  key: number | null;
  /** Whether its order depends on the server's language. */
  worded: boolean;
}

/** All tables that are kept, partitions by their parents, in the order of their names. */
export async function ourTables(client: pg.ClientBase): Promise<TableShape[]> {
  const { rows } = await client.query<Column>(
    `select n.nspname || '.' || c.relname as table, n.nspname as schema, c.relname as relation, a.attname as column,
       array_position(k.conkey, a.attnum) as key, a.attcollation <> 0 as worded
     from (${OUR_SCHEMAS}) n
     join pg_class c on c.relnamespace = n.oid and c.relkind in ('r', 'p') and not c.relispartition and c.relpersistence <> 't'
     left join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
     left join pg_constraint k on k.conrelid = c.oid and k.contype = 'p'
     where n.nspname || '.' || c.relname <> all ($2::text[])
     order by (n.nspname || '.' || c.relname) collate "C", array_position(k.conkey, a.attnum), a.attnum`,
    [NOT_OURS, MADE_ANEW],
  );
  const tables = new Map<string, Column[]>();
  for (const row of rows) tables.set(row.table, [...(tables.get(row.table) ?? []), row]);
  return [...tables.values()].map(shapeOf);
}

function shapeOf(columns: Column[]): TableShape {
  const q = pg.escapeIdentifier;
  const { table, schema, relation } = columns[0]!;
  const keys = columns.filter((c) => c.key !== null);
  // Text by its code points, as on every server.
  const order = keys.map((c) => `t.${q(c.column)}${c.worded ? ' collate "C"' : ''}`);
  return {
    name: table,
    columns: columns.map((c) => c.column),
    keys: keys.length,
    quoted: `${q(schema)}.${q(relation)}`,
    columnList: columns.map((c) => q(c.column)).join(', '),
    order: order.length > 0 ? order.join(', ') : 't.*::text collate "C"',
  };
}

/** The statement that reads a table in the order of its keys. */
export const copyOutOf = (t: TableShape): string =>
  `copy (select ${t.columnList} from ${t.quoted} t order by ${t.order}) to stdout`;

/** Counters that rows are numbered by. */
export async function ourSequences(
  client: pg.ClientBase,
): Promise<{ name: string; value: string; called: boolean }[]> {
  const { rows } = await client.query<{ name: string; quoted: string }>(
    `select n.nspname || '.' || c.relname as name, format('%I.%I', n.nspname, c.relname) as quoted
     from (${OUR_SCHEMAS}) n join pg_class c on c.relnamespace = n.oid and c.relkind = 'S' order by (n.nspname || '.' || c.relname) collate "C"`,
    [NOT_OURS],
  );
  const found = [];
  for (const { name, quoted } of rows) {
    const at = await client.query<{ value: string; called: boolean }>(
      `select last_value::text as value, is_called as called from ${quoted}`,
    );
    found.push({ name, ...at.rows[0]! });
  }
  return found;
}

export async function migrationsRun(client: pg.ClientBase): Promise<{ name: string; digest: string }[]> {
  const { rows } = await client.query<{ name: string; digest: string }>(
    'select name, digest from lantai.migration order by name collate "C"',
  );
  return rows;
}
