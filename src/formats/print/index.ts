/** Papers to be printed and signed: registers as tables. Pure: no database, no HTTP. */
export { printRegister, type RegisterInput } from './register.ts';
