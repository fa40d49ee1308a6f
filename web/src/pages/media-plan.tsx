export { MediaPlanPage as default } from '../features/media/plan-page.tsx';
