export { AuthorityList as default } from '../features/authorities/list.tsx';
