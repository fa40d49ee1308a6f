import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { isRefusal } from '#kernel/errors';
import { runTool } from '#kernel/tools';
import type { Tool } from '../domain/types.ts';

/** Commands of tools that are installed apart; a name is looked for in the usual folders. */
export interface ToolCommands {
  libreoffice: string;
  ffmpeg: string;
}

/** A tool that is there. */
export interface InstalledTool {
  tool: Tool;
  command: string;
  version: string;
}

export type InstalledTools = ReadonlyMap<Tool, InstalledTool>;

const ASKING_MS = 20_000;
/** So long an answer counts: somebody may install a tool while we run. */
const FRESH_MS = 300_000;

/** The version out of what a tool says of itself: `LibreOffice 24.2.7.2 420(Build:2)`, `ffmpeg version 6.1.1-3 Copyright …`. */
export function versionSaid(said: string): string | undefined {
  return /(?:LibreOffice(?:Dev)?|ffmpeg version) (\S+)/.exec(said)?.[1];
}

/** Which tools are installed, asked of themselves. */
export function createTools(
  commands: ToolCommands,
  scratch: string,
): { installed(): Promise<InstalledTools> } {
  let known: { at: number; tools: Promise<InstalledTools> } | undefined;

  async function versionOf(command: string, args: readonly string[]): Promise<string | undefined> {
    const folder = await mkdtemp(join(scratch, 'package-tool-'));
    try {
      const { stdout } = await runTool(command, args, {
        folder,
        timeoutMs: ASKING_MS,
        mostBytes: 50_000_000,
        mostMemory: 4e9,
      });
      return versionSaid(stdout);
    } catch (e) {
      // Not there, or not in order: as good as not there.
      if (isRefusal(e)) return undefined;
      throw e;
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  async function look(): Promise<InstalledTools> {
    const found = new Map<Tool, InstalledTool>();
    const vips = `${sharp.versions.vips}, sharp ${sharp.versions.sharp}`;
    found.set('libvips', { tool: 'libvips', command: process.execPath, version: vips });
    for (const [tool, args] of [
      ['libreoffice', ['--headless', '--version']],
      ['ffmpeg', ['-version']],
    ] as const) {
      const version = await versionOf(commands[tool], args);
      if (version !== undefined) found.set(tool, { tool, command: commands[tool], version });
    }
    return found;
  }

  return {
    installed() {
      if (!known || Date.now() - known.at > FRESH_MS) {
        const tools = look();
        known = { at: Date.now(), tools };
        tools.catch(() => {
          known = undefined;
        });
      }
      return known.tools;
    },
  };
}
