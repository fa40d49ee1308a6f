export { FilingRecords as default } from '../features/filing/records-page.tsx';
