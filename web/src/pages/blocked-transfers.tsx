export { BlockedTransfers as default } from '../features/transfer/blocked.tsx';
