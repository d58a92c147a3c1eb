/** Files with keys, and the folder of reports: who else gets at them. */

const PRIVATE =
  'chmod 600 the file and chmod 700 its folder; what others may have read is to be replaced.';
const OWN =
  'REPORT_FOLDER must be a folder of the user that the worker runs as: chown it, and chmod 700.';

interface NamedFile {
  readonly variable: string;
  readonly path: string;
  /** In octal. */
  readonly mode: string;
}

const told = ({ variable, path, mode }: NamedFile) => `${variable}: ${path} has the mode ${mode}`;

export const files = {
  none: {
    sentence: 'There is no file that a variable names.',
    do: 'See worker-configuration.',
  },
  private: (folders: readonly string[]) => `Nobody else reads the keys, in ${folders.join(', ')}.`,
  written: (file: NamedFile) => ({
    sentence: `${told(file)}, so that others may write it.`,
    do: PRIVATE,
  }),
  /** @param folder with its own mode */
  replaced: ({ variable, path, mode }: NamedFile) => ({
    sentence: `${variable}: the folder ${path} has the mode ${mode}, so that others may replace the file.`,
    do: PRIVATE,
  }),
  readByAll: (file: NamedFile) => ({
    sentence: `${told(file)}: everybody may read it.`,
    do: PRIVATE,
  }),
  anothersReadByAll: (file: NamedFile) => ({
    sentence: `${told(file)}: everybody may read it.`,
    do: 'On the machine, see that nobody else gets into its folder; or chown it to the user of the programs, and chmod 600.',
  }),
  readByGroup: (file: NamedFile) => ({
    sentence: `${told(file)}: its group may read it.`,
    do: 'See that nobody else is in the group.',
  }),
  reports: {
    unseen: (folder: string, why: string) => ({
      sentence: `${folder} cannot be seen (${why}).`,
      do: OWN,
    }),
    noFolder: (folder: string) => ({ sentence: `${folder} is not a folder.`, do: OWN }),
    forbidden: (folder: string, user: string, need: 'write' | 'read', why: string) => ({
      sentence: `${folder} lets user ${user} not ${need} there (${why}).`,
      do: OWN,
    }),
    written: (folder: string, mode: string) => ({
      sentence: `Others may write to ${folder}, mode ${mode}.`,
      do: OWN,
    }),
    seen: (folder: string, mode: string) => ({
      sentence: `Others may look into ${folder}, mode ${mode}: bills name users.`,
      do: OWN,
    }),
    right: (folder: string) => `${folder} takes reports, and nobody else looks into it.`,
    awaited: (folder: string) => ({
      sentence: `There is no ${folder} yet.`,
      do: 'It comes with the first report; until then, look that the worker has the same REPORT_FOLDER.',
    }),
    toBeMade: (folder: string) => ({
      sentence: `There is no ${folder} yet: the first report makes it.`,
      do: `mkdir -m 700 ${folder}, and mount it where containers come and go.`,
    }),
    notToBeMade: (folder: string, why: string) => ({
      sentence: `There is no ${folder}, and it cannot be made (${why}).`,
      do: OWN,
    }),
  },
};
