import Type from 'typebox';
import type { ConversionConfig } from '#kernel/config';

/** The settings about converting held files; see {@link SETTINGS} for what the descriptions complete. */
export const CONVERSION_SETTINGS = {
  LANTAI_SOFFICE: Type.String({
    default: 'soffice',
    minLength: 1,
    description: "LibreOffice's command or its path",
  }),
  LANTAI_FFMPEG: Type.String({
    default: 'ffmpeg',
    minLength: 1,
    description: "ffmpeg's command or its path",
  }),
  LANTAI_CONVERT_AT_ONCE: Type.Integer({
    minimum: 1,
    maximum: 32,
    default: 1,
    description: 'a number of conversions from 1 to 32 that run at once',
  }),
  LANTAI_CONVERT_MINUTES: Type.Integer({
    minimum: 1,
    maximum: 1_440,
    default: 30,
    description: 'a number of minutes from 1 to 1440 that the conversion of one file may take',
  }),
  LANTAI_CONVERT_MAX_GB: Type.Integer({
    minimum: 1,
    maximum: 1_000,
    default: 50,
    description: 'a number of gigabytes from 1 to 1000 that a converted file may have',
  }),
  LANTAI_CONVERT_MEMORY_GB: Type.Integer({
    minimum: 1,
    maximum: 1_000,
    default: 4,
    description: 'a number of gigabytes from 1 to 1000 that a process which converts may ask for',
  }),
};

interface ConversionWords {
  LANTAI_SOFFICE: string;
  LANTAI_FFMPEG: string;
  LANTAI_CONVERT_AT_ONCE: number;
  LANTAI_CONVERT_MINUTES: number;
  LANTAI_CONVERT_MAX_GB: number;
  LANTAI_CONVERT_MEMORY_GB: number;
}

export const conversionConfig = (words: ConversionWords): ConversionConfig => ({
  commands: { libreoffice: words.LANTAI_SOFFICE, ffmpeg: words.LANTAI_FFMPEG },
  atOnce: words.LANTAI_CONVERT_AT_ONCE,
  bounds: {
    timeoutMs: words.LANTAI_CONVERT_MINUTES * 60_000,
    mostBytes: words.LANTAI_CONVERT_MAX_GB * 1e9,
    mostMemory: words.LANTAI_CONVERT_MEMORY_GB * 1e9,
  },
});
