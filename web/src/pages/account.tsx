export { MyAccount as default } from '../features/account/account.tsx';
