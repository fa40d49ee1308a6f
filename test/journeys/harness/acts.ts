import type { Page } from 'playwright-core';
import { w } from './words.ts';

type Word = Parameters<typeof w>[0];

/** The button that bears these words and no others. */
export const button = (page: Page, act: Word) => page.getByRole('button', { name: w(act), exact: true });

/** Waits until the page shows this state. What machines do meanwhile may take its time. */
export const state = (page: Page, name: Word) =>
  page
    .locator('.status', { hasText: w(name) })
    .first()
    .waitFor();
