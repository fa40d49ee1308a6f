export { Changes as default } from '../features/changes/list.tsx';
