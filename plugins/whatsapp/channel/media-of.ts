import type { Media, Message } from '../api/payload.js';

export interface NamedMedia {
  readonly mediaId: string;
  readonly filename: string;
  readonly contentType: string;
}

/** Kinds of files without a name get one of their kind. */
const kinds = {
  image: { extension: 'jpg', contentType: 'image/jpeg' },
  video: { extension: 'mp4', contentType: 'video/mp4' },
  audio: { extension: 'ogg', contentType: 'audio/ogg' },
  document: { extension: 'bin', contentType: 'application/octet-stream' },
  sticker: { extension: 'webp', contentType: 'image/webp' },
} as const;
const extensions: Readonly<Record<string, string>> = {
  'image/png': 'png',
  'video/3gpp': '3gp',
  'audio/mpeg': 'mp3',
  'audio/aac': 'aac',
  'audio/amr': 'amr',
  'audio/mp4': 'm4a',
  'application/pdf': 'pdf',
};

/** The files of a message; WhatsApp sends one at a time. */
export function mediaOf(message: Message): NamedMedia[] {
  return Object.entries(kinds).flatMap(([kind, usual]) => {
    const media = message[kind as keyof typeof kinds];
    return media ? [named(media, { kind, ...usual }, message)] : [];
  });
}

function named(
  { id, mime_type: type, filename }: Media,
  usual: { kind: string; extension: string; contentType: string },
  { timestamp }: Message,
): NamedMedia {
  // A voice message is `audio/ogg; codecs=opus`.
  const contentType = (type ?? usual.contentType).split(';')[0]?.trim() || usual.contentType;
  const extension = extensions[contentType] ?? usual.extension;
  return {
    mediaId: id,
    filename: filename?.slice(0, 255) || `${usual.kind}-${timestamp}.${extension}`,
    contentType,
  };
}
