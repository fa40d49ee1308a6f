export { AccessChangePage as default } from '../features/access/detail.tsx';
