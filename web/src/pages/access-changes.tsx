export { AccessChanges as default } from '../features/access/list.tsx';
