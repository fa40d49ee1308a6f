export { SearchPage as default } from '../features/search/search.tsx';
