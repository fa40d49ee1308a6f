export { Setup as default } from '../features/session/setup.tsx';
