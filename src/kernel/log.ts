import { type Logger, pino } from 'pino';

export type Log = Logger;

/**
 * The operators' log: structured lines on stderr (stdout belongs to commands' answers). No personal data, no record
 * content.
 *
 * @param level pino's words: trace, debug, info, warn, error, silent
 */
export function createLog(level: string): Log {
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, pino.destination(2));
}

export const silentLog: Log = pino({ level: 'silent' });
