export { People as default } from '../features/people/people.tsx';
