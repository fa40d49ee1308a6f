export interface AltoLine {
  text: string;
  /** 0 to 100. */
  confidence: number;
  /** x, y, width, height in pixels of the upright page. */
  box: [number, number, number, number];
}

/** What was read on one page. */
export interface AltoPage {
  /** Path of the file the page is in. */
  source: string;
  /** Page within that file, from 1. */
  filePage: number;
  state: 'ready' | 'poor' | 'failed';
  /** `layer`: the text stood in the file; `ocr`: read by machine. */
  origin: 'layer' | 'ocr';
  engine: string;
  /** 0 to 100; null where the text came out of the file. */
  confidence: number | null;
  /** Clockwise degrees by which the stored picture was turned to stand upright. */
  rotation: number;
  width: number | null;
  height: number | null;
  text: string;
  lines: AltoLine[];
  /** Letters drawn by their shapes alone, which the text lacks. */
  nameless: number;
  /** What a picture of the page does not show, as JSON has it; null where nobody looked. */
  notDrawn: unknown;
  readAt: Date;
}
