import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';

/** A picture of one colour with a spot in it. */
export function aPicture(
  format: 'png' | 'jpeg' | 'webp' | 'gif' | 'avif' = 'png',
  { width = 120, height = 120, colour = '#b5651d' } = {},
): Promise<Buffer> {
  const spot = { create: { width: 8, height: 8, channels: 3, background: '#fff' } } as const;
  return sharp({ create: { width, height, channels: 3, background: colour } })
    .composite([{ input: spot, left: 0, top: 0 }])
    .toFormat(format)
    .toBuffer();
}

/** A picture in PNG of so many pixels, all black: few bytes, whatever the number. */
export function aBomb(side: number): Buffer {
  const size = Buffer.alloc(8);
  size.writeUInt32BE(side, 0);
  size.writeUInt32BE(side, 4);
  const rows = Buffer.alloc(side * (1 + Math.ceil(side / 8)));
  const chunks = [chunk('IHDR', Buffer.concat([size, Buffer.from([1, 0, 0, 0, 0])])), chunk('IDAT', deflateSync(rows))];
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), ...chunks, chunk('IEND', Buffer.alloc(0))]);
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}
