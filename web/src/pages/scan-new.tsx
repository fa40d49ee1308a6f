export { NewScans as default } from '../features/scans/new.tsx';
