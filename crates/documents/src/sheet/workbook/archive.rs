//! A zip archive, written from front to end: what comes out is final, so nothing waits on a disk. How long
//! a part is stands behind it (APPNOTE.TXT 6.3.10, 4.3.9). No moment is in it: the same parts give the
//! same bytes.

use std::io::{self, Write};

use flate2::{Compress, Compression, Crc, FlushCompress, Status};

/// Text in UTF-8 whose length follows it.
const FLAGS: u16 = 0x0808;
const DEFLATED: u16 = 8;
/// What is needed to read it: version 2.0.
const VERSION: u16 = 20;
/// The first day that the format knows.
const DAY: u16 = 0x0021;
/// A step from the fastest: repetitive text is a tenth larger than at the default, in a third of the time.
const LEVEL: u32 = 2;
const ROOM: usize = 64 * 1024;

#[derive(Debug)]
pub(super) struct Archive<W: Write> {
    to: W,
    written: u64,
    parts: Vec<Part>,
    crc: Crc,
    compress: Compress,
    room: Vec<u8>,
}

/// A part that is written.
#[derive(Debug)]
struct Part {
    name: String,
    at: u32,
    crc: u32,
    packed: u32,
    unpacked: u32,
}

impl<W: Write> Archive<W> {
    pub(super) fn new(to: W) -> Self {
        Self {
            to,
            written: 0,
            parts: Vec::new(),
            crc: Crc::new(),
            compress: Compress::new(Compression::new(LEVEL), false),
            room: Vec::with_capacity(ROOM),
        }
    }

    /// Begins a part.
    pub(super) fn begin(&mut self, name: &str) -> io::Result<()> {
        self.crc.reset();
        self.compress.reset();
        let part = Part {
            name: name.to_owned(),
            at: within(self.written)?,
            crc: 0,
            packed: 0,
            unpacked: 0,
        };
        let mut header = Vec::with_capacity(64);
        header.extend(0x0403_4b50_u32.to_le_bytes());
        part.described(&mut header)?;
        header.extend(part.name.as_bytes());
        self.parts.push(part);
        self.put(&header)
    }

    /// Adds to the part that was begun.
    pub(super) fn add(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.crc.update(bytes);
        self.deflate(bytes, FlushCompress::None)
    }

    /// How long the part is so far.
    pub(super) fn part_bytes(&self) -> u64 {
        self.compress.total_in()
    }

    /// Ends the part that was begun.
    pub(super) fn end(&mut self) -> io::Result<()> {
        self.deflate(&[], FlushCompress::Finish)?;
        let (crc, packed, unpacked) = (
            self.crc.sum(),
            within(self.compress.total_out())?,
            within(self.compress.total_in())?,
        );
        if let Some(part) = self.parts.last_mut() {
            (part.crc, part.packed, part.unpacked) = (crc, packed, unpacked);
        }
        let mut behind = Vec::with_capacity(16);
        for number in [0x0807_4b50, crc, packed, unpacked] {
            behind.extend(number.to_le_bytes());
        }
        self.put(&behind)
    }

    /// Adds a whole part.
    pub(super) fn part(&mut self, name: &str, text: &str) -> io::Result<()> {
        self.begin(name)?;
        self.add(text.as_bytes())?;
        self.end()
    }

    /// Ends the archive with its directory.
    pub(super) fn finish(mut self) -> io::Result<W> {
        let from = within(self.written)?;
        let mut directory = Vec::with_capacity(1024);
        for part in &self.parts {
            directory.extend(0x0201_4b50_u32.to_le_bytes());
            directory.extend(VERSION.to_le_bytes());
            part.described(&mut directory)?;
            // No comment, on the first disk, no attributes.
            directory.extend([0; 10]);
            directory.extend(part.at.to_le_bytes());
            directory.extend(part.name.as_bytes());
        }
        let length = within(directory.len() as u64)?;
        let parts = u16::try_from(self.parts.len()).map_err(|_| too_large())?;
        directory.extend(0x0605_4b50_u32.to_le_bytes());
        directory.extend([0; 4]);
        directory.extend(parts.to_le_bytes());
        directory.extend(parts.to_le_bytes());
        directory.extend(length.to_le_bytes());
        directory.extend(from.to_le_bytes());
        directory.extend([0; 2]);
        self.put(&directory)?;
        self.to.flush()?;
        Ok(self.to)
    }

    fn deflate(&mut self, mut bytes: &[u8], flush: FlushCompress) -> io::Result<()> {
        loop {
            let before = self.compress.total_in();
            let status = self
                .compress
                .compress_vec(bytes, &mut self.room, flush)
                .map_err(io::Error::other)?;
            let taken = self.compress.total_in() - before;
            bytes = &bytes[usize::try_from(taken).unwrap_or(bytes.len())..];
            self.to.write_all(&self.room)?;
            self.written += self.room.len() as u64;
            self.room.clear();
            let done = match flush {
                FlushCompress::Finish => status == Status::StreamEnd,
                _ => bytes.is_empty(),
            };
            if done {
                return Ok(());
            }
        }
    }

    fn put(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.to.write_all(bytes)?;
        self.written += bytes.len() as u64;
        Ok(())
    }
}

impl Part {
    /// What stands before a part and in the directory alike.
    fn described(&self, to: &mut Vec<u8>) -> io::Result<()> {
        for short in [VERSION, FLAGS, DEFLATED, 0, DAY] {
            to.extend(short.to_le_bytes());
        }
        for number in [self.crc, self.packed, self.unpacked] {
            to.extend(number.to_le_bytes());
        }
        let length = u16::try_from(self.name.len()).map_err(|_| too_large())?;
        to.extend(length.to_le_bytes());
        to.extend([0; 2]);
        Ok(())
    }
}

fn within(number: u64) -> io::Result<u32> {
    u32::try_from(number).map_err(|_| too_large())
}

fn too_large() -> io::Error {
    io::Error::new(
        io::ErrorKind::FileTooLarge,
        "a workbook of more than 4 GiB: ask for fewer rows, or for csv",
    )
}
