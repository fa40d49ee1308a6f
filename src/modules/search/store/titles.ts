import { type Sql, sql } from '#kernel/db';

export interface SeenTitle {
  unitId: string;
  title: string;
}

/** Titles with these terms that the asker may see; some of them where there are many. */
export async function titlesWith(tx: Sql, terms: string, most: number): Promise<SeenTitle[]> {
  const { rows } = await sql<SeenTitle>`
    select distinct unit_id as "unitId", title from search.titles_with(${terms}::tsquery, ${most})`.execute(
    tx,
  );
  return rows;
}
