import type { TelegramFile, TelegramMessage } from '../api/update.js';

export interface NamedFile {
  readonly fileId: string;
  readonly size: number | undefined;
  readonly filename: string;
  readonly contentType: string;
}

/** Kinds of files without a name get one of their kind. */
const kinds = {
  document: { extension: 'bin', contentType: 'application/octet-stream' },
  audio: { extension: 'mp3', contentType: 'audio/mpeg' },
  voice: { extension: 'ogg', contentType: 'audio/ogg' },
  video: { extension: 'mp4', contentType: 'video/mp4' },
  video_note: { extension: 'mp4', contentType: 'video/mp4' },
  animation: { extension: 'mp4', contentType: 'video/mp4' },
  sticker: { extension: 'webp', contentType: 'image/webp' },
} as const;

/** The files of a message. An animation comes as a document too; it is one file. */
export function filesOf(message: TelegramMessage): NamedFile[] {
  const files: NamedFile[] = [];
  const picture = message.photo?.at(-1);
  if (picture)
    files.push(named(picture, { name: 'photo', extension: 'jpg', contentType: 'image/jpeg' }, message));
  for (const [kind, usual] of Object.entries(kinds)) {
    const file = message[kind as keyof typeof kinds];
    if (!file || (kind === 'document' && message.animation)) continue;
    files.push(named(file, { name: kind.replace('_', '-'), ...usual }, message));
  }
  return files;
}

function named(
  file: TelegramFile,
  usual: { name: string; extension: string; contentType: string },
  { message_id: n }: TelegramMessage,
): NamedFile {
  return {
    fileId: file.file_id,
    size: file.file_size,
    filename: file.file_name?.slice(0, 255) || `${usual.name}-${n}.${usual.extension}`,
    contentType: file.mime_type ?? usual.contentType,
  };
}
