export { OrganisationPage as default } from '../features/people/organisation.tsx';
