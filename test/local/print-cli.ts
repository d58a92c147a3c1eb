/** A process that asks for the Temporal CLI and prints where it is. */
import { temporalCli } from '../../local/servers/temporal-cli.ts';

console.log(await temporalCli());
