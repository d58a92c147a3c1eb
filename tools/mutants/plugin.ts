/** What Stryker loads of ours: how tests are run here, and what is not worth a mutant. */
import { declareFactoryPlugin, declareValuePlugin, PluginKind } from '@stryker-mutator/api/plugin';
import { createRunner } from './runner.ts';
import { words } from './words.ts';

export const strykerPlugins = [
  declareFactoryPlugin(PluginKind.TestRunner, 'one-process', createRunner),
  declareValuePlugin(PluginKind.Ignore, 'words-of-errors', words),
];
