export { LeavePage as default } from '../features/leave/one.tsx';
