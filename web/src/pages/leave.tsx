export { AllLeave as default } from '../features/leave/list.tsx';
