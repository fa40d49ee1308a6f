export { LeadPage as default } from '../features/accessions/lead-page.tsx';
