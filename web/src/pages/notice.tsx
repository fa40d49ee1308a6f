export { NoticePage as default } from '../features/guidance/notice-page.tsx';
