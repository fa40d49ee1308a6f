export { Roles as default } from '../features/people/roles.tsx';
