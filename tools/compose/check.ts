/** A command: what docker-compose.yml says, and those beside it, without an engine. `npm run check` runs it. */
import { DOCTOR_VARIABLES } from '../../config/doctor.ts';
import { VARIABLES } from '../../config/programs.ts';
import { VARIABLES as SIMULATOR_VARIABLES } from '../../simulator/configuration.ts';
import { exampleFaults } from './example.ts';
import { composeFileIn, read } from './file.ts';
import { folderFaults } from './folders.ts';
import { pinFaults, pinsOf } from './pins.ts';
import { schemaFaults } from './schema.ts';
import { variableFaults } from './variables.ts';

const text = await read('docker-compose.yml');
const file = composeFileIn(text);
const cluster = await read('docker-compose.cluster.yml');
const watch = await read('docker-compose.watch.yml');
const schema = JSON.parse(await read('tools/compose/compose-spec.json')) as object;
const dockerfile = await read('Dockerfile');
const pins = [...pinsOf(file, dockerfile), ...pinsOf(composeFileIn(watch), dockerfile)];

/** By TLS come SDKs that are tried on this machine, not the programs of the file. */
const ofSimulator = SIMULATOR_VARIABLES.filter((name) => !name.startsWith('SIMULATOR_TLS_'));

const faults = [
  ...schemaFaults('docker-compose.yml', file, schema),
  ...schemaFaults('docker-compose.cluster.yml', composeFileIn(cluster), schema),
  ...schemaFaults('docker-compose.watch.yml', composeFileIn(watch), schema),
  ...variableFaults(file, { ...VARIABLES, doctor: DOCTOR_VARIABLES, simulator: ofSimulator }),
  ...folderFaults(file),
  ...exampleFaults([text, cluster, watch], await read('.env.example')),
  ...pinFaults(pins, await read('tools/temporal/go.mod')),
];
for (const fault of faults) process.stderr.write(`${fault}\n`);
if (faults.length > 0) process.exitCode = 1;
