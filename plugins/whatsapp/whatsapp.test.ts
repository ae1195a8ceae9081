import { afterAll, beforeAll, describe, it } from 'vitest';
import { testChannel, testEngines } from '@helpdesk/core/testing';
import { driveWhatsApp } from './fake/drive-whatsapp.js';

const abilities = {
  files: true,
  edits: true,
  deletions: true,
  order: true,
  receipts: true,
  reactions: true,
  failures: ['busy', 'refused', 'gone', 'silent'],
} as const;

describe.each(testEngines)('whatsapp on %s', (engine) => {
  testChannel({ it, beforeAll, afterAll }, () => driveWhatsApp(engine), abilities);
});
