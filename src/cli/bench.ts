import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Refusal } from '#kernel/errors';
import { defineCommand, EXIT } from './command.ts';

interface Bench {
  name: string;
  run(): Promise<unknown>;
}

export const command = defineCommand({
  describe(c) {
    c.argument('[name]', 'one bench (default: all)');
  },
  /** Each bench prints its figures beside a peer or limit measured in the same run. JSON: `{results: {name: figures}}`. */
  async run(ctx, [name]) {
    const folder = join(ctx.home, 'bench');
    const files = (await readdir(folder)).filter((f) => f.endsWith('.ts'));
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
      results[b.name] = (await b.run()) ?? null;
    }
    ctx.out.document({ results });
    return EXIT.done;
  },
});
