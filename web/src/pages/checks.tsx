export { Checks as default } from '../features/checks/list.tsx';
