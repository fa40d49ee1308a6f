export { TransferStates as default } from '../features/transfer/states.tsx';
