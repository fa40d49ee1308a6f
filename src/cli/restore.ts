import { Refusal } from '#kernel/errors';
import { every, placeNamed } from './backup.ts';
import { passphraseOf } from './backup-words.ts';
import { defineCommand, EXIT } from './command.ts';

interface Options {
  at?: string;
  passphraseFile?: string;
}

const STEPS: Readonly<Record<string, string>> = {
  loading: 'bringing rows back',
  proving: 'reading again and comparing',
  indexing: 'indexes and foreign keys',
  files: 'files',
};

export const command = defineCommand<Options>({
  describe(c) {
    c.argument(
      '[src]',
      'the folder with the backups, or s3://bucket/prefix (default: the setting LANTAI_BACKUP)',
    )
      .option('--at <time>', 'a backup by its name, or the newest by that time (default: the newest)')
      .option('--passphrase-file <file>', 'the passphrase is the first line of this file');
  },
  /** JSON: `{restored:{backup, takenAt, equal, tables, rows, files, jobs, migrated, seconds, movedAside, keyWanted}}`. */
  async run(ctx, [src], o) {
    const place = src === undefined ? ctx.config.backup.place : placeNamed(src);
    if (place === undefined)
      throw new Refusal('call.wrong', 'Say what from: ./lantai restore FOLDER. Or set LANTAI_BACKUP.');
    const passphrase = await passphraseOf(ctx.config, o.passphraseFile);
    const tell = every(2_000);
    const done = await ctx.restore({ place, passphrase, at: o.at }, (p) =>
      tell(() => ctx.out.note(`${STEPS[p.step] ?? p.step}: ${p.rows} of ${p.total} rows`)),
    );
    ctx.out.document({ restored: { ...done, equal: true, keyWanted: done.keyWanted ?? null } });
    ctx.out.line(
      `Restored ${done.backup}, the state of ${done.takenAt}: ${done.rows} rows of ${done.tables} tables and ${done.files} files in ${done.seconds.whole.toFixed(1)} s.`,
    );
    ctx.out.line('Every table was read again and is equal to the backup.');
    if (done.migrated.length > 0) ctx.out.line(`Brought to this version: ${done.migrated.join(', ')}`);
    if (done.jobs > 0) ctx.out.line(`${done.jobs} jobs that waited then wait again.`);
    for (const path of done.movedAside) ctx.out.line(`There was another one; it is kept as ${path}`);
    if (done.keyWanted)
      ctx.out.line(
        `The backup does not hold the master key. Put the key of that installation at ${done.keyWanted} before you start the server.`,
      );
    ctx.out.line(
      'Held files are not part of a backup: LANTAI_STORAGE has to lead to the storage root or a copy of it.',
    );
    return EXIT.done;
  },
});
