export { Drafts as default } from '../features/drafts/list.tsx';
