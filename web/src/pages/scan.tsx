export { ScanPage as default } from '../features/scans/scan.tsx';
