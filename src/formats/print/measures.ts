/** Points in a millimetre: papers are measured in millimetres, PDF in points. */
export const MM = 72 / 25.4;

/** Papers there are in offices, width by height in millimetres (GB/T 148 for the A sizes; 16开 as it is sold). */
export const PAPERS = {
  A3: [297, 420],
  A4: [210, 297],
  A5: [148, 210],
  B5: [176, 250],
  K16: [184, 260],
} as const satisfies Record<string, readonly [number, number]>;
export type PaperName = keyof typeof PAPERS;
export const PAPER_NAMES = ['A3', 'A4', 'A5', 'B5', 'K16'] as const satisfies readonly PaperName[];

export interface Margins {
  top: number;
  right: number;
  bottom: number;
  left: number;
}

/** Millimetres. */
export interface PageShape {
  width: number;
  height: number;
  margins: Margins;
}

export function pageShape(paper: PaperName, landscape: boolean, margins: Margins): PageShape {
  const [short, long] = PAPERS[paper];
  return { width: landscape ? long : short, height: landscape ? short : long, margins };
}

/** Height and breadth of a box's face, and the thicknesses there are (DA/T 22-2015, 6.4.1.2 [S:DAC]). */
export const BOX = { height: 310, breadth: 220 } as const;
export const BOX_THICKNESSES = [20, 30, 40, 50] as const;
export type BoxThickness = (typeof BOX_THICKNESSES)[number];
