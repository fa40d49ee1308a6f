export { Holdings as default } from '../features/holdings/holdings.tsx';
