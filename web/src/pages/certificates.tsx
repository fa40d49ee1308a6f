export { Certificates as default } from '../features/certificates/list.tsx';
