export { Notices as default } from '../features/guidance/notices.tsx';
