export { NatureSchemesPage as default } from '../features/natures/schemes-page.tsx';
