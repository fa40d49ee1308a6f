import { resolve } from 'node:path';
import { Refusal } from '#kernel/errors';
import { type BackupMade, listBackups, verifyBackups } from '#modules/backup';
import { passphraseOf, sizeOf } from './backup-words.ts';
import { type CliContext, defineCommand, EXIT, type ExitCode } from './command.ts';

interface Options {
  list?: boolean;
  verify?: boolean;
  at?: string;
  passphraseFile?: string;
}

export const command = defineCommand<Options>({
  describe(c) {
    c.argument(
      '[dest]',
      'a folder, best on another disk or machine, or s3://bucket/prefix (default: the setting LANTAI_BACKUP)',
    )
      .option('--list', 'list the backups there')
      .option('--verify', 'read a backup there to the last byte, without restoring it')
      .option(
        '--at <time>',
        'with --verify: a backup by its name, or the newest by that time (default: the newest)',
      )
      .option('--passphrase-file <file>', 'encrypt with the passphrase in the first line of this file');
  },
  /**
   * JSON: `{backup:{id, place, takenAt, encrypted, masterKey, totals, cleared}}`; with --list `{backups:[…]}`, with
   * --verify `{backup, sound, chunks, bytes, findings}` and exit 1 where it is not sound.
   */
  async run(ctx, [dest], o) {
    const { config } = ctx;
    const place = dest === undefined ? config.backup.place : placeNamed(dest);
    if (place === undefined)
      throw new Refusal('call.wrong', 'Say where: ./lantai backup FOLDER. Or set LANTAI_BACKUP.');
    const passphrase = await passphraseOf(config, o.passphraseFile);
    if (o.list) return list(ctx, place, passphrase);
    if (o.verify) return verify(ctx, { place, passphrase, at: o.at });
    const tell = every(2_000);
    const made = await ctx.withHouse(({ backups, actor }) =>
      backups.make(
        actor,
        { place, passphrase },
        (p) => tell(() => ctx.out.note(`${p.step}: ${p.rows} rows, ${sizeOf(p.bytes)}`)),
        ctx.signal,
      ),
    );
    ctx.out.document({ backup: made });
    say(ctx, made);
    return EXIT.done;
  },
});

/** Paths count from where the command is called; addresses are what they are. */
export const placeNamed = (text: string): string => (/^\w+:\/\//.test(text) ? text : resolve(text));

function say({ out, config }: CliContext, made: BackupMade): void {
  const { totals } = made;
  out.line(
    `Backed up ${totals.rows} rows of ${totals.tables} tables and ${totals.files} files (${sizeOf(totals.bytes)}) in ${totals.seconds.toFixed(1)} s: ${made.id}`,
  );
  out.line(
    `Written now: ${sizeOf(totals.newStored)}; the backup takes ${sizeOf(totals.stored)} in ${made.place}.`,
  );
  const { cleared } = made;
  if ('code' in cleared) out.line(`Older backups were not cleared away: ${cleared.message}`);
  else if (cleared.backups.length > 0)
    out.line(
      `Cleared away by the rule of keeping: ${cleared.backups.length} older backups, ${sizeOf(cleared.bytes)}.`,
    );
  if (made.masterKey.included)
    out.line('The master key is in it. Whoever has the passphrase has everything: keep it apart.');
  else
    out.line(
      `It is not encrypted, so the master key is NOT in it. Keep ${config.dataDir}/secrets/master.key in another safe place: without it personal data and signing keys can not be opened.`,
    );
  out.line('The held files are not in it: they lie in the storage root, which has its copies.');
}

async function list(ctx: CliContext, place: string, passphrase: string | undefined): Promise<ExitCode> {
  const backups = await listBackups({ place, s3: ctx.config.backup.s3, passphrase });
  ctx.out.document({ backups });
  ctx.out.table(
    backups.map((b) => [
      b.id,
      b.takenAt,
      b.totals ? `${b.totals.rows} rows` : '',
      b.totals ? sizeOf(b.totals.bytes) : '',
      b.trouble ? `DAMAGED: ${b.trouble.message}` : b.encrypted ? 'encrypted' : 'not encrypted',
    ]),
  );
  if (backups.length === 0) ctx.out.line('There is no backup.');
  return backups.some((b) => b.trouble) ? EXIT.rejected : EXIT.done;
}

async function verify(
  ctx: CliContext,
  o: { place: string; passphrase: string | undefined; at: string | undefined },
): Promise<ExitCode> {
  const tell = every(2_000);
  const verdict = await verifyBackups({ ...o, s3: ctx.config.backup.s3 }, (bytes, total) =>
    tell(() => ctx.out.note(`${sizeOf(bytes)} of ${sizeOf(total)}`)),
  );
  ctx.out.document(verdict);
  for (const f of verdict.findings) ctx.out.line(`WRONG  ${f.path}: ${f.message}`);
  ctx.out.line(
    verdict.sound
      ? `${verdict.backup} is sound: ${verdict.chunks} pieces, ${sizeOf(verdict.bytes)} read and checked.`
      : `${verdict.backup} can not be restored as it is. The next backup writes again what is damaged, where the rows are still the same.`,
  );
  return verdict.sound ? EXIT.done : EXIT.rejected;
}

/** Lets one call through in so many milliseconds. */
export function every(ms: number): (say: () => void) => void {
  let last = Date.now();
  return (say) => {
    if (Date.now() - last < ms) return;
    last = Date.now();
    say();
  };
}
