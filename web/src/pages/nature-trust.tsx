export { TrustPage as default } from '../features/natures/trust-page.tsx';
