export { DepositPage as default } from '../features/deposit/page.tsx';
