export { Scans as default } from '../features/scans/list.tsx';
