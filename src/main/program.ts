import { Command, CommanderError } from 'commander';
import { Refusal } from '#kernel/errors';
import type { CliCommand, CliContext, ExitCode } from '../cli/command.ts';
import type { CommandEntry } from './commands.ts';

export interface GlobalOptions {
  json?: boolean;
  as?: string;
}

/** A call, understood: which command, and how it is to be run. */
export interface Call {
  entry: CommandEntry;
  options: GlobalOptions;
  run(ctx: CliContext): Promise<ExitCode>;
}

export interface Table {
  commands: Readonly<Record<string, CommandEntry>>;
  groups: Readonly<Record<string, string>>;
  version: string;
}

/** The name of the command that the words begin with, options before and between left out. */
export function findName(words: readonly string[], commands: Table['commands']): string | undefined {
  const plain: string[] = [];
  for (let i = 0; i < words.length && plain.length < 2; i++) {
    const word = words[i]!;
    if (word === '--as') i++;
    else if (!word.startsWith('-')) plain.push(word);
  }
  return [plain.join(' '), plain[0] ?? ''].find((name) => Object.hasOwn(commands, name));
}

/**
 * Understands the words of a call.
 *
 * @returns the call, or undefined when help or the version was asked for and shown
 * @throws Refusal `call.wrong` with what is wrong about it
 */
export async function understand(words: readonly string[], table: Table): Promise<Call | undefined> {
  const name = findName(words, table.commands);
  const entry = name === undefined ? undefined : table.commands[name];
  const chosen = entry ? (await entry.load()).command : undefined;
  let call: Call | undefined;
  const program = build(table, name, chosen, (args, options, globals) => {
    if (entry && chosen) call = { entry, options: globals, run: (ctx) => chosen.run(ctx, args, options) };
  });
  try {
    await program.parseAsync(words, { from: 'user' });
  } catch (e) {
    if (!(e instanceof CommanderError)) throw e;
    if (e.exitCode === 0) return undefined;
    if (e.code === 'commander.help') return refuseBareCall();
    throw new Refusal(
      'call.wrong',
      `${sentence(e.message)} See: ./lantai ${name ?? ''} --help`.replace('  ', ' '),
    );
  }
  return call;
}

function refuseBareCall(): never {
  throw new Refusal('call.wrong', 'Name a command. See: ./lantai --help');
}

/** `error: unknown command 'x'` in the form of our other messages. */
function sentence(message: string): string {
  const text = message.replace(/^error: /, '').replaceAll(/\s*\n\s*/g, ' ');
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.?!)]$/.test(text) ? '' : '.'}`;
}

type Chosen = (args: (string | undefined)[], options: object, globals: GlobalOptions) => void;

function build(
  table: Table,
  name: string | undefined,
  chosen: CliCommand | undefined,
  onCall: Chosen,
): Command {
  const program = strict(new Command('lantai'));
  program.description('Lantai 蘭台: digital archives').version(table.version).usage('<command> [options]');
  withGlobals(program);
  const groups = new Map<string, Command>();
  for (const [path, { summary }] of Object.entries(table.commands)) {
    const [first, second] = path.split(' ') as [string, string?];
    const parent = second === undefined ? program : groupOf(first);
    const command = strict(parent.command(second ?? first)).description(summary);
    withGlobals(command);
    if (path !== name || !chosen) continue;
    chosen.describe(command);
    command.action((...given: unknown[]) => {
      // Commander hands over the declared arguments, then the options, then itself.
      const args = given.slice(0, -2).flat() as (string | undefined)[];
      onCall(args, command.opts<object>(), command.optsWithGlobals<GlobalOptions>());
    });
  }
  return program;

  function groupOf(group: string): Command {
    const known = groups.get(group);
    if (known) return known;
    const made = strict(program.command(group)).description(table.groups[group] ?? group);
    groups.set(group, made);
    return made;
  }
}

function strict(command: Command): Command {
  return command
    .exitOverride()
    .configureOutput({ writeErr: () => {} })
    .allowExcessArguments(false)
    .helpCommand(false);
}

function withGlobals(command: Command): void {
  command
    .option('--json', 'print one JSON document on stdout')
    .option('--as <user>', 'the account this is done as (default: the user of the operating system)');
}
