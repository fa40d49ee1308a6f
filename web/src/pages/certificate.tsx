export { CertificatePage as default } from '../features/certificates/detail.tsx';
