/** The compose file's check finds what an engine, or a program at its start, would stumble over. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { DOCTOR_VARIABLES } from '../../config/doctor.ts';
import { VARIABLES } from '../../config/programs.ts';
import { ROOT } from '../../local/stack/settings.ts';
import { exampleFaults } from '../../tools/compose/example.ts';
import { composeFileIn } from '../../tools/compose/file.ts';
import { folderFaults } from '../../tools/compose/folders.ts';
import { pinFaults, pinsOf } from '../../tools/compose/pins.ts';
import { schemaFaults } from '../../tools/compose/schema.ts';
import { variableFaults } from '../../tools/compose/variables.ts';

const KNOWN = { ...VARIABLES, doctor: DOCTOR_VARIABLES };
const read = (path: string) => readFile(join(ROOT, path), 'utf8');

let text: string;
let cluster: string;
let watch: string;
let example: string;
let dockerfile: string;
let goMod: string;
let schema: object;

before(async () => {
  text = await read('docker-compose.yml');
  cluster = await read('docker-compose.cluster.yml');
  watch = await read('docker-compose.watch.yml');
  example = await read('.env.example');
  dockerfile = await read('Dockerfile');
  goMod = await read('tools/temporal/go.mod');
  schema = JSON.parse(await read('tools/compose/compose-spec.json')) as object;
});

/** The file with a mistake in it, which is there for certain. */
function changed(from: string | RegExp, to: string): string {
  const other = text.replace(from, to);
  assert.notEqual(other, text);
  return other;
}

test('what the Compose Specification does not know is named with its place', () => {
  assert.deepEqual(schemaFaults('docker-compose.yml', composeFileIn(text), schema), []);
  const misspelt = composeFileIn(changed('stop_grace_period: 20s', 'stop_grace: 20s'));
  const [fault, ...others] = schemaFaults('docker-compose.yml', misspelt, schema);
  assert.match(
    String(fault),
    /^docker-compose\.yml: \/services\/api must NOT have unevaluated|additional/,
  );
  assert.deepEqual(others, []);
});

test('a program is given what it knows, and can be given all of it', () => {
  assert.deepEqual(variableFaults(composeFileIn(text), KNOWN), []);
  const misspelt = composeFileIn(changed('      POLL_DELAYS:\n', '      POLLDELAYS:\n'));
  assert.deepEqual(variableFaults(misspelt, KNOWN), [
    'docker-compose.yml: worker does not know POLLDELAYS',
    'docker-compose.yml: worker cannot be given POLL_DELAYS',
    'docker-compose.yml: doctor does not know POLLDELAYS',
    'docker-compose.yml: doctor cannot be given POLL_DELAYS',
  ]);
});

test('worker and API can write into the folder of the reports', () => {
  assert.deepEqual(folderFaults(composeFileIn(text)), []);
  const readOnly = composeFileIn(changed(/- reports:\/reports$/gm, '- reports:/reports:ro'));
  assert.deepEqual(folderFaults(readOnly), [
    'docker-compose.yml: worker cannot write into REPORT_FOLDER',
    'docker-compose.yml: api cannot write into REPORT_FOLDER',
  ]);
  const elsewhere = composeFileIn(changed('- reports:/reports\n', '- reports:/others\n'));
  assert.deepEqual(folderFaults(elsewhere), [
    'docker-compose.yml: worker cannot write into REPORT_FOLDER',
  ]);
});

test('.env.example names what the file reads, and no more', () => {
  assert.deepEqual(exampleFaults([text, cluster, watch], example), []);
  const silent = example.replace(/^#POLL_DELAYS=.*$/m, '');
  assert.deepEqual(exampleFaults([text, cluster, watch], silent), [
    '.env.example does not name POLL_DELAYS, which a compose file reads',
  ]);
  assert.deepEqual(exampleFaults([text, cluster, watch], `${example}#API_PROT=\n`), [
    'no compose file reads API_PROT, which .env.example names',
  ]);
});

test('Temporal in the file is the release that the tests run on, and every version is exact', () => {
  const faults = (compose: string) => pinFaults(pinsOf(composeFileIn(compose), dockerfile), goMod);
  assert.deepEqual(faults(text), []);
  assert.match(
    faults(changed(/temporalio\/server:\S+/, 'temporalio/server:1.30.1')).join('\n'),
    /^temporalio\/admin-tools is \S+, the server 1\.30\.1\ntemporalio\/server is 1\.30\.1, and the tests run on /,
  );
  assert.match(
    faults(changed(/temporalio\/ui:\S+/, 'temporalio/ui:2.49.1')).join('\n'),
    /^temporalio\/ui is 2\.49\.1, and the tests look at /,
  );
  assert.deepEqual(faults(changed(/postgres:\S+/, 'postgres:16')), [
    'postgres has no exact version',
  ]);
});

test('what watches is as the specification allows, exactly pinned, and turns no simulator on', () => {
  assert.deepEqual(schemaFaults('docker-compose.watch.yml', composeFileIn(watch), schema), []);
  const pins = pinsOf(composeFileIn(watch), dockerfile);
  assert.deepEqual(
    pins.map(({ image }) => image),
    [
      ...pinsOf({ services: {} }, dockerfile).map(({ image }) => image),
      'prom/prometheus',
      'grafana/grafana',
    ],
  );
  for (const { version } of pins) assert.match(version, /^\d+\.\d+\.\d+$/);
  // Where Docker does not find what it is to mount, it makes a folder of that name.
  for (const { volumes = [] } of Object.values(composeFileIn(watch).services)) {
    for (const volume of volumes) {
      const { source, bind } = typeof volume === 'string' ? { source: volume } : volume;
      if (source.includes('${')) assert.equal(bind?.create_host_path, false, source);
    }
  }
  // With any profile the programs take WeChat Pay for the simulator.
  assert.doesNotMatch(watch, /profiles:/);
});
