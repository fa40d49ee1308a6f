export { MyWork as default } from '../features/work/my-work.tsx';
