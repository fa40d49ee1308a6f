export { SchemeList as default } from '../features/holdings/schemes/list.tsx';
