export { LegalHoldsPage as default } from '../features/disposal/holds-page.tsx';
