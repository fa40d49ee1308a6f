import { readFileSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { parseCLI, type TestProject } from 'vitest/node';
import { prepareLogin } from '#kernel/db/login';
import { migrate, readMigrations } from '#kernel/db/migrate';
import { silentLog } from '#kernel/log';
import { startEmbeddedPostgres } from '#kernel/postgres';
import { migrationFolders } from '../../src/main/migrations.ts';
import { databaseUrl, dropDatabase } from './databaseNames.ts';
import { temporaryFolder } from './temporaryFolder.ts';

/**
 * One PostgreSQL for the whole run, started only when a file of the run asks for a database: the server named by
 * LANTAI_TEST_DATABASE_URL (an owner who may create databases and roles; PostgreSQL 15 or newer), else the embedded one
 * in a temporary folder. `test/support/database.ts` gives each test a fresh copy of the template made here.
 */
export default async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  if (!(await someFileWantsDatabase(project))) return undefined;
  const given = process.env.LANTAI_TEST_DATABASE_URL;
  const server = given ? { url: given, stop: async () => {} } : await temporaryServer();
  // Copied by file a database is there in a fifth of the time, at the price of a checkpoint, which costs nothing where nothing is synced.
  if (!given) process.env.LANTAI_TEST_COPYING = 'file_copy';
  const template = `lantai_template_${process.pid}`;
  const client = new pg.Client({ connectionString: server.url });
  await client.connect();
  await client.query(`create database ${template}`);
  await client.end();
  const home = fileURLToPath(new URL('../..', import.meta.url));
  await migrate(databaseUrl(server.url, template), await readMigrations(migrationFolders(home)));
  // Roles are the server's, not a database's: one login for all databases of the run.
  const login = await prepareLogin(databaseUrl(server.url, template));
  if (login.kind !== 'none') process.env.LANTAI_TEST_APP_LOGIN = login.name;
  else process.stderr.write(`Tests run without a login of the application: ${login.reason}.\n`);
  // Workers are started later and inherit these.
  process.env.LANTAI_TEST_DATABASE_URL = server.url;
  process.env.LANTAI_TEST_TEMPLATE = template;
  return async () => {
    await dropDatabase(server.url, template);
    await server.stop();
  };
}

async function temporaryServer() {
  const dataDir = temporaryFolder('lantai-test-');
  // Losing a test database in a power cut is no loss.
  const settings = {
    fsync: 'off',
    synchronous_commit: 'off',
    full_page_writes: 'off',
    shared_buffers: '128MB',
  };
  const server = await startEmbeddedPostgres({ dataDir, log: silentLog, settings });
  return {
    url: server.url,
    stop: async () => {
      await server.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

async function someFileWantsDatabase(project: TestProject): Promise<boolean> {
  const { filter } = parseCLI(['vitest', ...process.argv.slice(2)]);
  const { testFiles } = await project.globTestFiles(filter);
  return testFiles.some(
    (file) => /\.db\.test\.ts$/.test(file) || readFileSync(file, 'utf8').includes('support/database'),
  );
}
