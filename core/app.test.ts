import request from 'supertest';
import { describe, expect, it } from 'vitest';
import { startTestDesk, testEngines } from './testing/index.js';

describe.each(testEngines)('a desk without plugins on %s', (engine) => {
  it('starts, says that it is well, and stops', async () => {
    const desk = await startTestDesk({ engine, config: {}, works: true });
    try {
      const health = await request(desk.server).get('/health');
      expect(health.status).toBe(200);
      expect(health.body).toEqual({
        ok: true,
        isDegraded: false,
        checks: [{ plugin: 'core', name: 'database', ok: true }],
      });
      const missing = await request(desk.server).get('/nowhere').set('Accept', 'text/html');
      expect(missing.status).toBe(404);
      expect(missing.text).toContain('No such page');
      expect(missing.headers['content-security-policy']).toContain("default-src 'self'");
    } finally {
      await desk.close();
    }
  });
});
