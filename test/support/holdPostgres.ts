/** A process of its own that uses the embedded PostgreSQL of a data folder until it is told to stop. */
import { silentLog } from '#kernel/log';
import { type Lifetime, startEmbeddedPostgres } from '#kernel/postgres';

const [dataDir = '', lifetime = 'service'] = process.argv.slice(2);
const isLifetime = (word: string): word is Lifetime => word === 'service' || word === 'command';
const server = await startEmbeddedPostgres({
  dataDir,
  log: silentLog,
  lifetime: isLifetime(lifetime) ? lifetime : 'service',
  settings: { shared_buffers: '32MB', fsync: 'off' },
});
process.on('SIGTERM', () => void server.stop().then(() => process.exit(0)));
process.stdout.write(
  `${JSON.stringify({ url: server.url, attached: server.attached, cluster: server.cluster })}\n`,
);
setInterval(() => {}, 1000);
