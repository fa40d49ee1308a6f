export { ofdDocument } from './document.ts';
