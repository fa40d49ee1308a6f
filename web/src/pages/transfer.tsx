export { BatchPage as default } from '../features/transfer/batch.tsx';
