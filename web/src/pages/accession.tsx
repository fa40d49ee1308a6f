export { AccessionPage as default } from '../features/accessions/detail.tsx';
