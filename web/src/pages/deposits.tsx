export { Deposits as default } from '../features/deposit/list.tsx';
