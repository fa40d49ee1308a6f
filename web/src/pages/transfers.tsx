export { Transfers as default } from '../features/transfer/list.tsx';
