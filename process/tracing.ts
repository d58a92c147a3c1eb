/** Sends spans to an OpenTelemetry collector. Loaded only where one is named: off, tracing costs nothing. */
import type { Logger } from 'pino';
import { createSparingLog } from './sparing-log.ts';

export interface Tracing {
  /** Sends what is left, as long as that takes no longer than an end may. */
  end(): Promise<void>;
}

const LAST_SEND_MS = 2_000;
const TOLD_EVERY_MS = 60_000;

/**
 * @param name of the program
 * @param endpoint OTLP over HTTP, without its path; undefined: no tracing
 */
export async function startTracing(
  name: 'api' | 'worker',
  endpoint: string | undefined,
  logger: Logger,
): Promise<Tracing | undefined> {
  if (endpoint === undefined) return undefined;
  const [{ diag, DiagLogLevel }, { BatchSpanProcessor, NodeTracerProvider }, exporter, resources] =
    await Promise.all([
      import('@opentelemetry/api'),
      import('@opentelemetry/sdk-trace-node'),
      import('@opentelemetry/exporter-trace-otlp-http'),
      import('@opentelemetry/resources'),
    ]);
  const sparing = createSparingLog(logger, TOLD_EVERY_MS);
  const tell = () =>
    sparing.warn(
      { reason: 'OTEL_EXPORTER_OTLP_ENDPOINT' },
      'spans could not be sent; orders go on',
    );
  diag.setLogger(
    { error: tell, warn: tell, info: nothing, debug: nothing, verbose: nothing },
    { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true },
  );
  const provider = new NodeTracerProvider({
    resource: resources.resourceFromAttributes({ 'service.name': `payscore-orders-${name}` }),
    spanProcessors: [
      new BatchSpanProcessor(new exporter.OTLPTraceExporter({ url: `${endpoint}/v1/traces` })),
    ],
  });
  provider.register();
  return {
    async end() {
      const late = new Promise<void>((resolve) => setTimeout(resolve, LAST_SEND_MS).unref());
      await Promise.race([provider.shutdown().catch(tell), late]);
    },
  };
}

function nothing(): void {}
