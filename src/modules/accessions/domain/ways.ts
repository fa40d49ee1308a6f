import type { Way } from '#kernel/accessionWords';

/** What is paid for has a price before it is taken. */
export const isBought = (way: Way): boolean => way === 'purchase';
/** What stays the owner's, and may be asked back. */
export const isLent = (way: Way): boolean => way === 'deposit';
