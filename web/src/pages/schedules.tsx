export { Schedules as default } from '../features/filing/schedule-list.tsx';
