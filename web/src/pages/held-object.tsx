export { ObjectPage as default } from '../features/preservation/object-page.tsx';
