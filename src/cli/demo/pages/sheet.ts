import { createRequire } from 'node:module';
import { type Canvas, createCanvas, GlobalFonts, type SKRSContext2D } from '@napi-rs/canvas';
import type { Random } from '../random.ts';

const require = createRequire(import.meta.url);
const FAMILY = 'Sample Serif';

/** An A4 page being drawn; lengths are in millimetres from its top left corner. */
export interface PageSheet {
  canvas: Canvas;
  ctx: SKRSContext2D;
  dpi: number;
  random: Random;
}

export const WIDTH = 210;
export const HEIGHT = 297;
export const INK = '#1c1a1b';
export const RED = '#c8201c';
export const BLUE_BLACK = '#232f57';

/** Registers the font once; without it nothing Chinese could be drawn. */
export function loadFonts(): void {
  if (GlobalFonts.has(FAMILY)) return;
  for (const weight of ['400Regular', '700Bold', '900Black']) {
    const path = require.resolve(`@expo-google-fonts/noto-serif-sc/${weight}/NotoSerifSC_${weight}.ttf`);
    if (!GlobalFonts.registerFromPath(path, FAMILY)) throw new Error(`the font ${path} can not be used`);
  }
}

/** A blank page on a scanner's bed, lying a little askew. @param tilt in degrees */
export function blankPage(random: Random, o: { dpi: number; paper: string; tilt: number }): PageSheet {
  const px = (mm: number) => Math.round((mm / 25.4) * o.dpi);
  const canvas = createCanvas(px(WIDTH), px(HEIGHT));
  const ctx = canvas.getContext('2d');
  ctx.fillStyle = '#8d8b88';
  ctx.fillRect(0, 0, canvas.width, canvas.height);
  ctx.scale(o.dpi / 25.4, o.dpi / 25.4);
  ctx.translate(WIDTH / 2, HEIGHT / 2);
  ctx.rotate((o.tilt * Math.PI) / 180);
  ctx.translate(-WIDTH / 2, -HEIGHT / 2);
  ctx.fillStyle = o.paper;
  ctx.fillRect(0.3, 0.3, WIDTH - 0.6, HEIGHT - 0.6);
  ctx.textBaseline = 'alphabetic';
  return { canvas, ctx, dpi: o.dpi, random };
}

export type Weight = 400 | 700 | 900;

/** @param size height of a character in millimetres; 三号 of official documents is 5.6 */
export function font({ ctx }: PageSheet, size: number, weight: Weight = 400, colour = INK): void {
  ctx.font = `${weight} ${size}px "${FAMILY}"`;
  ctx.fillStyle = colour;
}

export function line(
  { ctx }: PageSheet,
  from: readonly [number, number],
  to: readonly [number, number],
  o: { width?: number; colour?: string } = {},
): void {
  ctx.strokeStyle = o.colour ?? INK;
  ctx.lineWidth = o.width ?? 0.25;
  ctx.beginPath();
  ctx.moveTo(...from);
  ctx.lineTo(...to);
  ctx.stroke();
}

export function box(
  { ctx }: PageSheet,
  at: readonly [number, number, number, number],
  o: { width?: number; colour?: string } = {},
): void {
  ctx.strokeStyle = o.colour ?? INK;
  ctx.lineWidth = o.width ?? 0.25;
  ctx.strokeRect(...at);
}
