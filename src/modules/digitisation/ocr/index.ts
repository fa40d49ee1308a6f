export { type TesseractOptions, tesseractEngine } from './tesseract.ts';
export type {
  Box,
  OcrEngine,
  OcrLanguage,
  OcrLine,
  OcrOptions,
  OcrPage,
  OcrWord,
  Rotation,
} from './types.ts';
