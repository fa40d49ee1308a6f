export { RightsRequests as default } from '../features/people/requests.tsx';
