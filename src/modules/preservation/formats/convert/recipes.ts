import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Category, Target, Tool } from '../domain/types.ts';

/** How a target is made: what comes out, and by what command. */
export interface Made {
  /** Ending of the result, without the dot. */
  extension: string;
  mediaType: string;
  /** PRONOM's identifiers one of which the result has to be. */
  wanted: readonly string[];
}

export const MADE: Readonly<Record<Target, Made>> = {
  tiff: { extension: 'tif', mediaType: 'image/tiff', wanted: ['fmt/353', 'fmt/1917'] },
  pdfa: { extension: 'pdf', mediaType: 'application/pdf', wanted: ['fmt/476', 'fmt/477', 'fmt/478'] },
  wav: { extension: 'wav', mediaType: 'audio/wav', wanted: ['fmt/6', 'fmt/141', 'fmt/142', 'fmt/143'] },
  mp4: { extension: 'mp4', mediaType: 'video/mp4', wanted: ['fmt/199'] },
};

/** Paths in the scratch folder of one conversion. */
export interface Places {
  folder: string;
  source: string;
  result: string;
}

export interface Recipe {
  args: readonly string[];
  /** What of the arguments changes the result; kept with the event. */
  options: string;
}

/** LibreOffice's filter by kind of document. */
const FILTERS: Partial<Record<Category, string>> = {
  flowText: 'writer_pdf_Export',
  spreadsheet: 'calc_pdf_Export',
  presentation: 'impress_pdf_Export',
  vector: 'draw_pdf_Export',
};

/** Containers of sound and film: never a playlist, which would name files of this machine or of the network. */
const DEMUXERS = 'aac,aiff,amr,asf,avi,flac,flv,matroska,mov,mp3,mpeg,mpegts,mpegvideo,m4v,ogg,rm,w64,wav';

const IMAGE_SCRIPT = fileURLToPath(new URL('./imageChild.ts', import.meta.url));

/** The arguments a tool is called with. @throws where a tool does not make the target, which the register rules out */
export function recipeOf(tool: Tool, target: Target, category: Category, p: Places): Recipe {
  if (tool === 'libvips' && target === 'tiff') {
    return {
      args: [IMAGE_SCRIPT, p.source, p.result],
      options: 'TIFF, LZW, predictor horizontal, all pages',
    };
  }
  if (tool === 'libreoffice' && target === 'pdfa') {
    const filter = FILTERS[category] ?? 'writer_pdf_Export';
    // 2: PDF/A-2b.
    const options = `pdf:${filter}:{"SelectPdfVersion":{"type":"long","value":"2"}}`;
    const profile = pathToFileURL(`${p.folder}/profile`).href;
    const quiet = [
      '--headless',
      '--norestore',
      '--nologo',
      '--nolockcheck',
      '--nodefault',
      '--nofirststartwizard',
    ];
    // The result is named like the source: soffice lets nobody choose.
    const outdir = ['--outdir', p.result.slice(0, p.result.lastIndexOf('/'))];
    return {
      args: [...quiet, `-env:UserInstallation=${profile}`, '--convert-to', options, ...outdir, p.source],
      options,
    };
  }
  if (tool === 'ffmpeg' && (target === 'wav' || target === 'mp4')) {
    const input = ['-nostdin', '-hide_banner', '-protocol_whitelist', 'file', '-format_whitelist', DEMUXERS];
    const made =
      target === 'wav'
        ? ['-map', '0:a:0', '-vn', '-c:a', 'pcm_s24le', '-f', 'wav']
        : [
            ...['-map', '0:v:0', '-map', '0:a:0?', '-c:v', 'libx264', '-b:v', '8M', '-pix_fmt', 'yuv420p'],
            ...['-c:a', 'aac', '-b:a', '256k', '-movflags', '+faststart', '-f', 'mp4'],
          ];
    return {
      args: [...input, '-i', `file:${p.source}`, '-map_metadata', '0', ...made, '-n', `file:${p.result}`],
      options: made.join(' '),
    };
  }
  throw new Error(`${tool} makes no ${target}`);
}

/**
 * LibreOffice's settings for a fresh profile: no macros, no links that would be followed. A document is only what it says.
 */
export const OFFICE_SETTINGS = `<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>2</value></prop></item>
</oor:items>
`;

/** Seconds as ffmpeg says them of what it reads; undefined where it does not. */
export function secondsSaid(stderr: string): number | undefined {
  const m = /Duration: (\d+):(\d\d):(\d\d(?:\.\d+)?)/.exec(stderr);
  return m ? Number(m[1]) * 3600 + Number(m[2]) * 60 + Number(m[3]) : undefined;
}
