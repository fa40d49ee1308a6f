export { SchedulePage as default } from '../features/filing/schedule-page.tsx';
