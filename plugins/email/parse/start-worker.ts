import { fileURLToPath } from 'node:url';
import { Worker, type WorkerOptions } from 'node:worker_threads';

/** The parse worker with at most `heapMb` of heap. It does not keep the process alive by itself. */
export function startWorker(heapMb: number): Worker {
  const options: WorkerOptions = {
    resourceLimits: { maxOldGenerationSizeMb: heapMb, maxYoungGenerationSizeMb: 32, stackSizeMb: 4 },
  };
  const worker = import.meta.url.endsWith('.ts')
    ? startFromSource(options)
    : new Worker(fileURLToPath(new URL('./worker.js', import.meta.url)), options);
  worker.unref();
  return worker;
}

/** TypeScript has to be made readable inside the thread before its first module: its entry cannot be one. */
function startFromSource(options: WorkerOptions): Worker {
  const loader = import.meta.resolve('tsx/esm/api');
  const entry = new URL('./worker.ts', import.meta.url).href;
  const script = `import(${JSON.stringify(loader)}).then((tsx) => { tsx.register(); return import(${JSON.stringify(entry)}); })`;
  return new Worker(script, { ...options, eval: true, execArgv: [] });
}
