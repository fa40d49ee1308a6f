export { FilingRecordPage as default } from '../features/filing/record-page.tsx';
