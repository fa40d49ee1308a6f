import { describe, expect, it } from 'vitest';
import type { Inside } from '#formats/inside';
import { checkResult, isSound, RESULT_CHECKS } from './checking.ts';
import { recipeOf, secondsSaid } from './recipes.ts';

const format = (puid: string) => ({ puid, name: puid, basis: 'byte match', by: 'built in' });
const tiff = (width: number, height: number, pages = 1): Inside => ({
  kind: 'image',
  pages,
  notPerformed: [],
  image: { format: 'tiff', width, height, iccProfile: false },
});
const sound = (seconds: number | undefined): Inside => ({
  kind: 'media',
  notPerformed: [],
  media: {
    container: 'WAV',
    tracks: [{ kind: 'sound', codec: 'PCM' }],
    ...(seconds === undefined ? {} : { seconds }),
  },
});
const outcomes = (checks: ReturnType<typeof checkResult>) =>
  Object.fromEntries(checks.map((c) => [c.check, c.outcome]));

describe('the result of a conversion', () => {
  it('agrees in pages and size, and is what was wanted', () => {
    const of = { target: 'tiff', category: 'bitmap', source: { pages: 1, width: 30, height: 20 } } as const;
    expect(isSound(checkResult(of, { format: format('fmt/353'), inside: tiff(30, 20) }))).toBe(true);
    expect(outcomes(checkResult(of, { format: format('fmt/353'), inside: tiff(30, 40, 2) }))).toMatchObject({
      ...{
        [RESULT_CHECKS.size]: 'failed',
        [RESULT_CHECKS.pages]: 'failed',
        [RESULT_CHECKS.opened]: 'passed',
      },
    });
    expect(isSound(checkResult(of, { format: format('fmt/13'), inside: tiff(30, 20) }))).toBe(false);
    expect(isSound(checkResult(of, { format: undefined, inside: tiff(30, 20) }))).toBe(false);
  });

  it('that can not be opened does not stand beside the original', () => {
    const of = { target: 'pdfa', category: 'flowText', source: {} } as const;
    const pdf = (pages: number): Inside => ({ kind: 'pdf', pages, notPerformed: [] });
    expect(isSound(checkResult(of, { format: format('fmt/477'), inside: pdf(3) }))).toBe(true);
    expect(isSound(checkResult(of, { format: format('fmt/477'), inside: pdf(0) }))).toBe(false);
    expect(
      isSound(checkResult(of, { format: format('fmt/477'), inside: { ...pdf(3), encrypted: true } })),
    ).toBe(false);
    // A PDF that is no PDF/A is not what was wanted.
    expect(isSound(checkResult(of, { format: format('fmt/20'), inside: pdf(3) }))).toBe(false);
    const slides = { target: 'pdfa', category: 'presentation', source: { pages: 4 } } as const;
    expect(isSound(checkResult(slides, { format: format('fmt/477'), inside: pdf(3) }))).toBe(false);
  });

  it('lasts as long as the original, but for what decoding adds', () => {
    const of = (seconds?: number) => ({ target: 'wav', category: 'audio', source: { seconds } }) as const;
    const judged = (a: number | undefined, b: number | undefined) =>
      outcomes(checkResult(of(a), { format: format('fmt/141'), inside: sound(b) }))[RESULT_CHECKS.duration];
    expect([judged(60, 60.3), judged(3600, 3630), judged(60, 62), judged(10, 0)]).toEqual([
      ...['passed', 'passed', 'failed', 'failed'],
    ]);
    expect(judged(undefined, 3)).toBe('not performed');
  });
});

describe('a recipe', () => {
  const p = { folder: '/s', source: '/s/source.bin', result: '/s/out/source.wav' };

  it('lets ffmpeg open files alone, and no playlist', () => {
    const { args } = recipeOf('ffmpeg', 'wav', 'audio', p);
    expect(args[args.indexOf('-protocol_whitelist') + 1]).toBe('file');
    const formats = args[args.indexOf('-format_whitelist') + 1]!.split(',');
    expect(formats.filter((f) => ['hls', 'concat', 'dash', 'image2', 'lavfi', 'sdp'].includes(f))).toEqual(
      [],
    );
    expect(args.indexOf('-format_whitelist')).toBeLessThan(args.indexOf('-i'));
  });

  it('has a profile of its own for each office file', () => {
    const { args, options } = recipeOf('libreoffice', 'pdfa', 'spreadsheet', p);
    expect(args).toContain('-env:UserInstallation=file:///s/profile');
    expect(args.at(-1)).toBe('/s/source.bin');
    expect(options).toMatch(/^pdf:calc_pdf_Export:/);
  });

  it('is refused for what a tool does not make', () => {
    expect(() => recipeOf('libvips', 'mp4', 'video', p)).toThrow('libvips makes no mp4');
  });

  it('reads the duration ffmpeg says', () => {
    expect(secondsSaid('  Duration: 01:02:03.50, start: 0')).toBe(3723.5);
    expect(secondsSaid('  Duration: N/A')).toBeUndefined();
  });
});
