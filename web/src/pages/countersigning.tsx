export { Peers as default } from '../features/audit/peers.tsx';
