export { PrintOrders as default } from '../features/printing/list.tsx';
