export { ServiceAccounts as default } from '../features/account/services.tsx';
