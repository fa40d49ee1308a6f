export { ArrangementPage as default } from '../features/arrangement/one.tsx';
