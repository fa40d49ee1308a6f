export { SenderSystems as default } from '../features/intake/list.tsx';
