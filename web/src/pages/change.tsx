export { ChangePage as default } from '../features/changes/one.tsx';
