export { Imports as default } from '../features/imports/list.tsx';
