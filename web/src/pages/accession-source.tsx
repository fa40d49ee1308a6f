export { SourcePage as default } from '../features/accessions/source-page.tsx';
