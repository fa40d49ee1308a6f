import { type RawBuilder, sql, type Tx } from '#kernel/db';
import { append, emptyFrontier, treeHash } from '#kernel/merkle';

/** One way to change the stored trail, as somebody with the database in hand and triggers off would. */
export interface Alteration {
  kind: string;
  /** Changes the database, and may change the lines of the second place. False: nothing to change here. */
  apply(tx: Tx, lines: string[]): Promise<boolean>;
}

/** Numbers that look random and are the same each time. */
export function randomSource(seed: number) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  return {
    below: (n: number) => Math.floor(next() * n),
    of<T>(items: readonly T[]): T {
      return items[Math.floor(next() * items.length)]!;
    },
  };
}
type Random = ReturnType<typeof randomSource>;

interface Leaf {
  position: number;
  id: string;
  pruned: boolean;
}

const leavesOf = async (tx: Tx): Promise<Leaf[]> =>
  (await sql<Leaf>`select position, entry_id as id, pruned from audit.leaf order by position`.execute(tx))
    .rows;

const sizesOf = async (tx: Tx): Promise<number[]> =>
  (await sql<{ size: number }>`select size from audit.checkpoint order by size`.execute(tx)).rows.map(
    (r) => r.size,
  );

/** Makes the stored edge fit what is left, as a careful forger would. */
async function mendFrontier(tx: Tx): Promise<void> {
  const leaves = await sql<{
    leaf: Buffer;
  }>`select leaf_hash as leaf from audit.leaf order by position`.execute(tx);
  const { algorithm } = (
    await sql<{ algorithm: 'sha256' | 'sm3' }>`select algorithm from audit.frontier`.execute(tx)
  ).rows[0]!;
  const f = append(
    treeHash(algorithm),
    emptyFrontier,
    leaves.rows.map((r) => r.leaf),
  );
  await sql`update audit.frontier set size = ${f.size}, hashes = ${[...f.peaks]}::bytea[]`.execute(tx);
}

const changes = (r: Random): RawBuilder<unknown>[] => {
  const word = `w${r.below(1_000_000)}`;
  const ms = (r.below(2) === 0 ? 1 : -1) * (1 + r.below(10 ** (1 + r.below(10))));
  return [
    sql`at = at + ${`${ms} milliseconds`}::interval`,
    sql`actor_id = ${`0190b5a0-0000-7000-8000-${String(r.below(1e9)).padStart(12, '0')}`}::uuid`,
    sql`actor_name = actor_name || ${word}`,
    sql`archive_id = ${`0190b5a0-0000-7000-8000-${String(r.below(1e9)).padStart(12, '1')}`}::uuid`,
    sql`act = ${`x.${word}`}`,
    sql`target_type = ${word}`,
    sql`target_id = ${word}`,
    sql`detail = jsonb_set(detail, '{after}', ${JSON.stringify({ title: word })}::jsonb)`,
    sql`detail = detail - 'before' - 'after' || ${JSON.stringify({ [word]: true })}::jsonb`,
    sql`purpose = coalesce(purpose, '') || ${word}`,
    sql`address = coalesce(address, '') || ${word}`,
    sql`result = case when result = 'failed' then 'refused' else 'failed' end`,
    sql`rule = ${JSON.stringify({ id: word, version: '1' })}::jsonb`,
    sql`algorithm = case algorithm when 'sm3' then 'sha256' else 'sm3' end`,
    sql`leaf_hash = sha256(${word}::bytea)`,
  ];
};

function changed(r: Random): Alteration {
  return {
    kind: 'changed',
    async apply(tx) {
      const there = (await leavesOf(tx)).filter((l) => !l.pruned);
      await sql`update audit.entry set ${r.of(changes(r))} where id = ${r.of(there).id}`.execute(tx);
      return true;
    },
  };
}

function reDated(r: Random): Alteration {
  return {
    kind: 're-dated',
    async apply(tx) {
      const there = (await leavesOf(tx)).filter((l) => !l.pruned);
      const ms = (r.below(2) === 0 ? 1 : -1) * (1 + r.below(10 ** (1 + r.below(10))));
      const all = r.below(4) === 0;
      await sql`update audit.entry set at = at + ${`${ms} milliseconds`}::interval
        where ${all ? sql`true` : sql`id = ${r.of(there).id}`}`.execute(tx);
      return true;
    },
  };
}

function removed(r: Random): Alteration {
  return {
    kind: 'removed',
    async apply(tx) {
      const there = (await leavesOf(tx)).filter((l) => !l.pruned);
      const { id, position } = r.of(there);
      const how = r.below(4);
      await sql`delete from audit.entry where id = ${id}`.execute(tx);
      if (how >= 1) await sql`delete from audit.leaf where position = ${position}`.execute(tx);
      if (how >= 2) {
        // In two steps, so that no place is taken twice on the way.
        await sql`update audit.leaf set position = position + 1000000 where position > ${position}`.execute(
          tx,
        );
        await sql`update audit.leaf set position = position - 1000001 where position > 1000000`.execute(tx);
      }
      if (how === 3) await mendFrontier(tx);
      return true;
    },
  };
}

function reordered(r: Random): Alteration {
  return {
    kind: 'reordered',
    async apply(tx) {
      const leaves = await leavesOf(tx);
      const a = r.of(leaves);
      const b = r.of(leaves.filter((l) => l.position !== a.position));
      const swap = async (columns: string[]) => {
        const set = sql.join(columns.map((c) => sql`${sql.ref(c)} = o.${sql.ref(c)}`));
        // Ids are unique: one of the two steps aside first.
        await sql`create temporary table aside on commit drop as select * from audit.leaf
          where position in (${a.position}, ${b.position})`.execute(tx);
        await sql`delete from audit.leaf where position in (${a.position}, ${b.position})`.execute(tx);
        await sql`insert into audit.leaf select * from aside`.execute(tx);
        await sql`update audit.leaf set entry_id = gen_random_uuid() where position in (${a.position}, ${b.position})`.execute(
          tx,
        );
        await sql`update audit.leaf l set ${set} from aside o where l.position = ${a.position} and o.position = ${b.position}`.execute(
          tx,
        );
        await sql`update audit.leaf l set ${set} from aside o where l.position = ${b.position} and o.position = ${a.position}`.execute(
          tx,
        );
        await sql`drop table aside`.execute(tx);
      };
      if (r.below(2) === 0) await swap(['entry_id', 'leaf_hash', 'pruned']);
      else await swap(['entry_id']);
      if (r.below(2) === 0) await mendFrontier(tx);
      return true;
    },
  };
}

function truncated(r: Random): Alteration {
  return {
    kind: 'truncated',
    async apply(tx) {
      const leaves = await leavesOf(tx);
      const keep = r.below(leaves.length);
      const how = r.below(4);
      await sql`delete from audit.entry where id in (select entry_id from audit.leaf where position >= ${keep})`.execute(
        tx,
      );
      await sql`delete from audit.leaf where position >= ${keep}`.execute(tx);
      if (how >= 1) await mendFrontier(tx);
      // The signed heads over what was cut go as well; only the second place still knows of them.
      if (how >= 2) await sql`delete from audit.checkpoint where size > ${keep}`.execute(tx);
      if (how === 3) await sql`delete from audit.countersignature where size > ${keep}`.execute(tx);
      return true;
    },
  };
}

function checkpointsSwapped(r: Random): Alteration {
  return {
    kind: 'checkpoints',
    async apply(tx) {
      const sizes = await sizesOf(tx);
      const a = r.of(sizes);
      const b = r.of(sizes.filter((s) => s !== a));
      const set = (what: RawBuilder<unknown>) =>
        sql`update audit.checkpoint set ${what} where size = ${a}`.execute(tx);
      switch (r.below(9)) {
        case 0:
          await sql`update audit.checkpoint c set statement = o.statement, root = o.root, made_at = o.made_at
            from audit.checkpoint o where (c.size, o.size) in ((${a}, ${b}), (${b}, ${a}))`.execute(tx);
          break;
        case 1:
          await sql`update audit.checkpoint c set statement = o.statement from audit.checkpoint o
            where c.size = ${a} and o.size = ${b}`.execute(tx);
          break;
        case 2:
          await sql`delete from audit.checkpoint where size = ${a}`.execute(tx);
          break;
        case 3:
          await set(sql`root = sha256(root)`);
          break;
        case 4:
          await set(sql`made_at = made_at + ${`${1 + r.below(1e6)} milliseconds`}::interval`);
          break;
        case 5:
          await set(sql`size = ${1_000 + r.below(1_000)}`);
          break;
        case 6: {
          const { text } = (
            await sql<{
              text: string;
            }>`select statement as text from audit.checkpoint where size = ${a}`.execute(tx)
          ).rows[0]!;
          await set(sql`statement = ${altered(text, r)}`);
          break;
        }
        case 7:
          await set(sql`algorithm = case algorithm when 'sm3' then 'sha256' else 'sm3' end`);
          break;
        default:
          await sql`delete from audit.checkpoint`.execute(tx);
      }
      return true;
    },
  };
}

/** One character of a text made another. */
function altered(text: string, r: Random): string {
  const at = r.below(text.length);
  return text.slice(0, at) + (text[at] === 'A' ? 'B' : 'A') + text.slice(at + 1);
}

function inserted(r: Random): Alteration {
  return {
    kind: 'inserted',
    async apply(tx) {
      const leaves = await leavesOf(tx);
      const model = r.of(leaves.filter((l) => !l.pruned));
      const id = `0190b5a0-0000-7000-9000-${String(r.below(1e9)).padStart(12, '0')}`;
      await sql`insert into audit.entry select (jsonb_populate_record(e, jsonb_build_object('id', ${id}::text))).*
        from audit.entry e where id = ${model.id}`.execute(tx);
      const how = r.below(3);
      if (how === 0) return true;
      const place = r.below(leaves.length);
      await sql`update audit.leaf set position = position + 1000001 where position >= ${place}`.execute(tx);
      await sql`update audit.leaf set position = position - 1000000 where position > 1000000`.execute(tx);
      await sql`insert into audit.leaf (position, entry_id, leaf_hash)
        select ${place}, id, leaf_hash from audit.entry where id = ${id}`.execute(tx);
      if (how === 2) await mendFrontier(tx);
      return true;
    },
  };
}

function copyAltered(r: Random): Alteration {
  return {
    kind: 'second place',
    async apply(_tx, lines) {
      const at = r.below(lines.length);
      switch (r.below(4)) {
        case 0:
          lines[at] = altered(lines[at]!, r);
          break;
        case 1:
          lines.splice(at, 1);
          break;
        case 2: {
          const other = (at + 1 + r.below(lines.length - 1)) % lines.length;
          [lines[at], lines[other]] = [lines[other]!, lines[at]!];
          break;
        }
        default:
          lines.length = at;
      }
      return true;
    },
  };
}

function pruningAltered(r: Random): Alteration {
  return {
    kind: 'pruning',
    async apply(tx) {
      const leaves = await leavesOf(tx);
      const there = leaves.filter((l) => !l.pruned);
      const gone = leaves.filter((l) => l.pruned);
      switch (r.below(5)) {
        case 0:
          await sql`delete from audit.pruning`.execute(tx);
          break;
        case 1:
          await sql`update audit.leaf set pruned = false where position = ${r.of(gone).position}`.execute(tx);
          break;
        case 2: {
          const { id } = r.of(there);
          await sql`delete from audit.entry where id = ${id}`.execute(tx);
          await sql`update audit.leaf set pruned = true where entry_id = ${id}`.execute(tx);
          break;
        }
        case 3:
          await sql`update audit.leaf set pruned = true where position = ${r.of(there).position}`.execute(tx);
          break;
        default: {
          const { text } = (
            await sql<{ text: string }>`select statement as text from audit.pruning limit 1`.execute(tx)
          ).rows[0]!;
          await sql`update audit.pruning set statement = ${altered(text, r)}`.execute(tx);
        }
      }
      return true;
    },
  };
}

function rewritten(r: Random): Alteration {
  return {
    kind: 'rewritten',
    async apply(tx) {
      // One leaf is made another's, and the edge made to fit: only signed heads can tell.
      const leaves = (await leavesOf(tx)).filter((l) => !l.pruned);
      const a = r.of(leaves);
      const b = r.of(leaves.filter((l) => l.id !== a.id));
      await sql`delete from audit.entry where id = ${a.id}`.execute(tx);
      await sql`update audit.leaf set entry_id = gen_random_uuid() where position = ${a.position}`.execute(
        tx,
      );
      await sql`update audit.leaf l set leaf_hash = o.leaf_hash from audit.leaf o
        where l.position = ${a.position} and o.position = ${b.position}`.execute(tx);
      await mendFrontier(tx);
      if (r.below(2) === 0) await sql`delete from audit.checkpoint`.execute(tx);
      return true;
    },
  };
}

function countersignatureAltered(r: Random): Alteration {
  return {
    kind: 'countersignature',
    async apply(tx) {
      const rows = await sql<{ size: number; text: string }>`select size, statement as text
        from audit.countersignature order by size`.execute(tx);
      const a = r.of(rows.rows);
      const b = r.of(rows.rows.filter((x) => x.size !== a.size));
      const statement = r.below(2) === 0 ? altered(a.text, r) : b.text;
      await sql`update audit.countersignature set statement = ${statement} where size = ${a.size}`.execute(
        tx,
      );
      return true;
    },
  };
}

const KINDS = [
  changed,
  changed,
  reDated,
  removed,
  reordered,
  truncated,
  checkpointsSwapped,
  inserted,
  rewritten,
  copyAltered,
  pruningAltered,
  countersignatureAltered,
];

/** The n-th alteration of a row that is the same for the same seed. */
export function alteration(seed: number): Alteration {
  const r = randomSource(seed);
  r.below(2);
  return KINDS[seed % KINDS.length]!(r);
}
