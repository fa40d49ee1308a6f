export { Checkpoints as default } from '../features/audit/checkpoints.tsx';
