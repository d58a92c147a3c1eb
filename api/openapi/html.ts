/** Text as HTML. */

const ENTITIES: Readonly<Record<string, string>> = {
  ...{ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' },
};

export function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}

/** As much of Markdown as the document's sentences have: paragraphs, `code` and **emphasis**. */
export function proseHtml(text: string, element = 'p'): string {
  return text
    .split(/\n\n+/)
    .map((paragraph) => {
      const inline = escaped(paragraph)
        .replaceAll(/`([^`]+)`/g, '<code>$1</code>')
        .replaceAll(/\*\*([^*]+)\*\*/g, '<b>$1</b>');
      return element === '' ? inline : `<${element}>${inline}</${element}>`;
    })
    .join('');
}
