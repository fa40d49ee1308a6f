import { validateHandover } from '#formats/handover';
import { openTree, packageRoot } from '#formats/tree';

/** A process that judges one handover and says what was found and how much memory it took at most. */
let peak = 0;
// The system's own count of the most begins with that of the process this one was started from.
const looking = setInterval(() => {
  peak = Math.max(peak, process.memoryUsage.rss());
}, 50);
const tree = await openTree(process.argv[2] ?? '');
const { items, findings } = await validateHandover(await packageRoot(tree));
await tree.close();
clearInterval(looking);
process.stdout.write(JSON.stringify({ items, findings: findings.slice(0, 10), peak }));
