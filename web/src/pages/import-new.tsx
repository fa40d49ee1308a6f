export { NewImport as default } from '../features/imports/new.tsx';
