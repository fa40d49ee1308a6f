export { Delegations as default } from '../features/people/delegations.tsx';
