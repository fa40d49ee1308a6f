export { FormatsPage as default } from '../features/formats/formats-page.tsx';
