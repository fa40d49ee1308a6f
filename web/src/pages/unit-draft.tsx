export { DraftPage as default } from '../features/drafts/one.tsx';
