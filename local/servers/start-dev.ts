/** The command line of Temporal's development server: what the SDK's own `createLocal` passes, and what spares it work. */

export interface StartDev {
  readonly ip: string;
  readonly port: number;
  readonly uiPort: number | undefined;
  /** Where the web UI has opened what is encrypted. */
  readonly codecEndpoint?: string;
  readonly namespace?: string;
  readonly databaseFile?: string;
  /** Where it tells its own figures, as Prometheus reads them; nowhere unless given. */
  readonly metricsPort?: number;
  /** More of the server's dynamic configuration, `key=value`. */
  readonly dynamicConfig?: readonly string[];
}

export function startDevArguments(server: StartDev): string[] {
  const { ip, port, uiPort, codecEndpoint, namespace = 'default' } = server;
  const { databaseFile, metricsPort, dynamicConfig = [] } = server;
  return [
    ...['server', 'start-dev'],
    ...['--ip', ip, '--port', String(port), '--namespace', namespace],
    ...['--log-format', 'pretty', '--log-level', 'warn'],
    ...[...DYNAMIC_CONFIG, ...dynamicConfig].flatMap((setting) => [
      '--dynamic-config-value',
      setting,
    ]),
    ...(uiPort === undefined ? ['--headless'] : ['--ui-port', String(uiPort)]),
    ...(codecEndpoint === undefined ? [] : ['--ui-codec-endpoint', codecEndpoint]),
    ...(databaseFile === undefined ? [] : ['--db-filename', databaseFile]),
    ...(metricsPort === undefined ? [] : ['--metrics-port', String(metricsPort)]),
  ];
}

const DYNAMIC_CONFIG = [
  'frontend.enableServerVersionCheck=false', // a call home
  // One machine has nothing to spread over several.
  'matching.numTaskqueueReadPartitions=1',
  'matching.numTaskqueueWritePartitions=1',
  'frontend.enableUpdateWorkflowExecution=true',
  'frontend.enableUpdateWorkflowExecutionAsyncAccepted=true',
];
