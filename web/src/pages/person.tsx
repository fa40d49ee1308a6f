export { PersonPage as default } from '../features/people/person.tsx';
