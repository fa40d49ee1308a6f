export { AccessionsPage as default } from '../features/accessions/page.tsx';
