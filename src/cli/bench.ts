import { chmod, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Database } from '#kernel/db';
import { Refusal } from '#kernel/errors';
import { defineCommand, EXIT } from './command.ts';

/** What a bench is given: an empty database with the schema, thrown away afterwards, and a place for its lines. */
interface BenchContext {
  db: Database;
  print(line: string): void;
}

interface Bench {
  name: string;
  run(given: BenchContext): Promise<unknown>;
}

export const command = defineCommand({
  describe(c) {
    c.argument('[name]', 'one bench (default: all)');
  },
  /** Each bench prints its figures beside a peer or limit measured in the same run. JSON: `{results: {name: figures}}`. */
  async run(ctx, [name]) {
    const folder = join(ctx.home, 'bench');
    const files = (await readdir(folder)).filter((f) => /^[a-z]+\.ts$/.test(f));
    const benches: Bench[] = await Promise.all(files.map((f) => import(pathToFileURL(join(folder, f)).href)));
    const chosen = name ? benches.filter((b) => b.name === name) : benches;
    if (chosen.length === 0) {
      throw new Refusal(
        'bench.unknown',
        `There is no bench "${name}". Benches: ${benches.map((b) => b.name).join(', ')}.`,
      );
    }
    const results: Record<string, unknown> = {};
    for (const b of chosen) {
      ctx.out.note(`bench ${b.name}`);
      const dataDir = await mkdtemp(join(tmpdir(), 'lantai-bench-'));
      // As root, PostgreSQL runs as another user, who has to get in.
      await chmod(dataDir, 0o711);
      try {
        results[b.name] = await ctx.withScratchDatabase(
          dataDir,
          async ({ db }) =>
            (await b.run({ db, print: (line) => (ctx.json ? ctx.out.note(line) : ctx.out.line(line)) })) ??
            null,
        );
      } finally {
        await rm(dataDir, { recursive: true, force: true });
      }
    }
    ctx.out.document({ results });
    return EXIT.done;
  },
});
