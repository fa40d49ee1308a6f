import { lookInside } from '#formats/inside';
import { createIdentifier, type IdentifierConfig } from '#formats/pronom';
import { isRefusal } from '#kernel/errors';

/** A process that tells formats and looks inside of one file after another. */
const identifiers = new Map<string, ReturnType<typeof createIdentifier>>();

process.on('message', async ({ path, config }: { path: string; config: IdentifierConfig }) => {
  const key = JSON.stringify(config);
  const identifier = identifiers.get(key) ?? createIdentifier(config);
  identifiers.set(key, identifier);
  const look = async () => {
    const matches = await (await identifier).identify(path);
    // What takes too long or too much is given up by itself, and said.
    const inside = await lookInside(path, { timeoutMs: 20_000 }).catch((e: unknown) => {
      if (!isRefusal(e)) throw e;
      return { kind: e.code };
    });
    return { puid: matches[0]?.puid ?? 'none', kind: inside.kind };
  };
  const answer = await look().catch((e: unknown) => ({
    fault: e instanceof Error ? (e.stack ?? e.message) : String(e),
  }));
  process.send?.({ ...answer, rss: process.memoryUsage.rss() });
});
process.on('disconnect', () => process.exit());
