import sharp from 'sharp';

// A picture that crashes or eats memory costs this process alone. Called with source and result.
const [source = '', result = ''] = process.argv.slice(2);

/** More pixels are a bomb, or a scan beyond A0 at 600 dpi. */
const MOST_PIXELS = 600_000_000;

sharp.cache(false);
sharp.concurrency(1);
const options = { limitInputPixels: MOST_PIXELS, failOn: 'error', pages: -1 } as const;
const { width, height, pages = 1, pageHeight } = await sharp(source, options).metadata();
await sharp(source, options)
  .keepIccProfile()
  .keepExif()
  .tiff({ compression: 'lzw', predictor: 'horizontal' })
  .toFile(result);
process.stdout.write(JSON.stringify({ width, height: pageHeight ?? height, pages }));
