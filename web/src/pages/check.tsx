export { Check as default } from '../features/checks/report.tsx';
