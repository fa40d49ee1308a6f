export { AuthorityPage as default } from '../features/authorities/page.tsx';
