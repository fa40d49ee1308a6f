import type { MediaInside } from '../types.ts';

/** What a sound or film file says in its heads. Nothing of its data is decoded. */
export interface MediaReading {
  media: MediaInside;
  claims?: Record<string, string>;
  notPerformed?: string[];
}
