export { RoleForm as default } from '../features/people/role-form.tsx';
