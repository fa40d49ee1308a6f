export { NothingHere as default } from '../components/trouble.tsx';
