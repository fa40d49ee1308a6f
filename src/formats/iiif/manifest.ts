/** Text by language tag, as IIIF Presentation 3.0 wants it; `none` where the language is not known. */
export type LanguageMap = Readonly<Record<string, readonly string[]>>;

export interface CanvasInput {
  /** Address of the canvas. */
  id: string;
  /** Pixels of the page image. */
  width: number;
  height: number;
  label?: LanguageMap;
  /** Address of the image service, without a slash at its end. */
  imageServiceId: string;
  thumbnail?: { id: string; width: number; height: number; format?: string };
  /** What OCR or the document's own text layer read. */
  ocrText?: { text: string; language: string };
}

export interface ManifestInput {
  id: string;
  label: LanguageMap;
  summary?: LanguageMap;
  metadata?: readonly { label: LanguageMap; value: LanguageMap }[];
  /** Address of a licence or rights statement. */
  rights?: string;
  requiredStatement?: { label: LanguageMap; value: LanguageMap };
  provider?: { id: string; label: LanguageMap };
  /** Vertical books run from right to left. */
  viewingDirection?: 'left-to-right' | 'right-to-left' | 'top-to-bottom' | 'bottom-to-top';
  /** Address of a IIIF Content Search 2 service over these pages. */
  searchServiceId?: string;
  canvases: readonly CanvasInput[];
}

/** A plain string as a language map. */
export function inLanguage(language: string, ...texts: string[]): LanguageMap {
  return { [language]: texts };
}

/** A manifest of IIIF Presentation API 3.0: one canvas a page, painted by its image service. */
export function buildManifest(input: ManifestInput) {
  return {
    '@context': 'http://iiif.io/api/presentation/3/context.json',
    id: input.id,
    type: 'Manifest' as const,
    label: input.label,
    ...(input.summary ? { summary: input.summary } : {}),
    ...(input.metadata && input.metadata.length > 0 ? { metadata: input.metadata } : {}),
    ...(input.rights ? { rights: input.rights } : {}),
    ...(input.requiredStatement ? { requiredStatement: input.requiredStatement } : {}),
    ...(input.provider ? { provider: [{ ...input.provider, type: 'Agent' as const }] } : {}),
    ...(input.viewingDirection ? { viewingDirection: input.viewingDirection } : {}),
    ...(input.searchServiceId
      ? { service: [{ id: input.searchServiceId, type: 'SearchService2' as const }] }
      : {}),
    items: input.canvases.map((canvas, i) => canvasOf(canvas, i)),
  };
}

function canvasOf(canvas: CanvasInput, index: number) {
  const { id, width, height, imageServiceId, thumbnail, ocrText } = canvas;
  return {
    id,
    type: 'Canvas' as const,
    label: canvas.label ?? { none: [String(index + 1)] },
    width,
    height,
    ...(thumbnail ? { thumbnail: [{ type: 'Image' as const, format: 'image/jpeg', ...thumbnail }] } : {}),
    items: [
      {
        id: `${id}/page`,
        type: 'AnnotationPage' as const,
        items: [
          {
            id: `${id}/page/image`,
            type: 'Annotation' as const,
            motivation: 'painting',
            target: id,
            body: {
              id: `${imageServiceId}/full/max/0/default.jpg`,
              type: 'Image' as const,
              format: 'image/jpeg',
              width,
              height,
              service: [{ id: imageServiceId, type: 'ImageService3' as const, profile: 'level2' }],
            },
          },
        ],
      },
    ],
    ...(ocrText?.text
      ? {
          annotations: [
            {
              id: `${id}/text`,
              type: 'AnnotationPage' as const,
              items: [
                {
                  id: `${id}/text/whole`,
                  type: 'Annotation' as const,
                  motivation: 'supplementing',
                  target: id,
                  body: {
                    type: 'TextualBody' as const,
                    value: ocrText.text,
                    format: 'text/plain',
                    language: ocrText.language,
                  },
                },
              ],
            },
          ],
        }
      : {}),
  };
}

export type Manifest = ReturnType<typeof buildManifest>;
