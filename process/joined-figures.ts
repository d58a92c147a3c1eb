/** The figures of several sources as one text: what one of them does not tell is left out, and said to be. */
import type { Figures } from './metrics-server.ts';

export interface Source {
  readonly name: string;
  /** In Prometheus' text format. */
  text(): Promise<string>;
}

export function joined({ contentType }: Pick<Figures, 'contentType'>, sources: Source[]): Figures {
  return {
    contentType,
    async text() {
      const told = await Promise.allSettled(sources.map(async (source) => await source.text()));
      const states = sources.map(
        ({ name }, index) =>
          `payscore_figures_complete{of="${name}"} ${told[index]?.status === 'fulfilled' ? 1 : 0}`,
      );
      return [
        ...told.flatMap((it) => (it.status === 'fulfilled' ? it.value.trimEnd() : [])),
        '# HELP payscore_figures_complete Whether the figures of this source are among these: 1, or 0.',
        '# TYPE payscore_figures_complete gauge',
        ...states,
        '',
      ].join('\n');
    },
  };
}
