export { NewPerson as default } from '../features/people/new.tsx';
