export { ofdDocument, storedZip } from './document.ts';
