import { testChannel, testEngines } from '@helpdesk/core/testing';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { driveWebChat } from './fake/drive-web-chat.js';

describe.each(testEngines)('web chat on %s', (engine) => {
  testChannel({ it, beforeAll, afterAll }, () => driveWebChat(engine), {
    files: true,
    receipts: true,
    failures: [],
  });
});
