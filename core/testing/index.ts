export { createTestClock, type TestClock } from './test-clock.js';
export { makeTestDatabase, postgresPlace, testEngines, type TestDatabase } from './test-database.js';
export { makeTestApp, type TestApp } from './test-app.js';
export { startTestDesk, type TestDesk, type TestDeskOptions } from './test-desk.js';
export { testChannel, type TestFunctions } from './channel-kit/test-channel.js';
export {
  BUSY_MS,
  type Abilities,
  type Call,
  type ChannelDriver,
  type Failure,
  type SentMessage,
  type Writer,
  type Written,
  type WrittenFile,
} from './channel-kit/driver.js';
export { signInVisitor } from './sign-in-visitor.js';
