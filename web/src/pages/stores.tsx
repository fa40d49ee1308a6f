export { StoresPage as default } from '../features/preservation/stores-page.tsx';
