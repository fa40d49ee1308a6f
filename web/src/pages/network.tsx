export { Network as default } from '../features/network/network.tsx';
