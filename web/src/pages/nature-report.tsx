export { NatureReportPage as default } from '../features/natures/report-page.tsx';
