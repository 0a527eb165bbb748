//! A line between a client and a server: so many bits a second, so late, and it breaks when told.

use std::io;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::sync::{Notify, mpsc};
use tokio::time::{Instant, sleep, sleep_until};

use crate::listen::{ANYWHERE, Listening};
use crate::stream::locked;

/// What a line is like.
#[derive(Debug, Clone, Copy)]
pub struct LineOptions {
    /// Bits a second in each direction, of all connections together; none: as fast as it goes.
    pub bits_per_second: Option<u64>,
    /// How much later what goes in comes out, in each direction.
    pub delay: Duration,
}

/// How a line breaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Break {
    /// The connection ends, as when a process ends.
    Cut,
    /// The connection is reset.
    Reset,
    /// Nothing moves for so long; the connection stays.
    Stall(Duration),
    /// Every connection is reset at once, as when a network goes.
    ResetAll,
}

/// A line on loopback before one server.
#[derive(Debug)]
pub struct Line {
    listening: Listening,
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    target: SocketAddr,
    options: LineOptions,
    up: Direction,
    down: Direction,
    /// Positions in all that has gone up, in order, with what happens there.
    breaks: Mutex<Vec<(u64, Break)>>,
    gone_up: AtomicU64,
    all: Notify,
}

/// One direction: when the next byte may go in.
#[derive(Debug, Default)]
struct Direction(Mutex<Option<Instant>>);

/// Read at once; small enough that connections share the line fairly.
const PIECE: usize = 8 * 1024;
/// What a kernel holds for a connection before it makes the sender wait.
const HELD_BY_KERNEL: u32 = 128 * 1024;
/// How late a sleeper may wake without the line standing idle for it.
const LATENESS: Duration = Duration::from_millis(20);

impl Line {
    /// Lays a line to a server.
    pub fn before(url: &str, options: LineOptions) -> io::Result<Self> {
        let target = url.trim_start_matches("http://").parse();
        let shared = Arc::new(Shared {
            target: target.map_err(io::Error::other)?,
            options,
            up: Direction::default(),
            down: Direction::default(),
            breaks: Mutex::default(),
            gone_up: AtomicU64::new(0),
            all: Notify::new(),
        });
        let serving = shared.clone();
        let listening = Listening::start(narrow_listener, |listener| serve(listener, serving))?;
        Ok(Self { listening, shared })
    }

    /// Where clients find it.
    pub fn url(&self) -> String {
        self.listening.url()
    }

    /// Something is to happen when so many more bytes have gone up, counted from now over all
    /// connections.
    pub fn break_after(&self, bytes: u64, how: Break) {
        let at = self.gone_up() + bytes;
        let mut breaks = locked(&self.shared.breaks);
        breaks.push((at, how));
        breaks.sort_by_key(|(at, _)| *at);
    }

    /// How many breaks have not happened yet.
    pub fn breaks_left(&self) -> usize {
        locked(&self.shared.breaks).len()
    }

    /// How many bytes have gone up.
    pub fn gone_up(&self) -> u64 {
        self.shared.gone_up.load(Ordering::Acquire)
    }

    /// Resets every connection there is.
    pub fn reset_all(&self) {
        self.shared.all.notify_waiters();
    }
}

/// A listener whose connections hold little in the kernel, so that what a client has sent is on
/// the line and not in front of it.
fn narrow_listener() -> io::Result<TcpListener> {
    let socket = TcpSocket::new_v4()?;
    socket.set_recv_buffer_size(HELD_BY_KERNEL)?;
    socket.bind(ANYWHERE)?;
    socket.listen(1_024)
}

async fn serve(listener: TcpListener, shared: Arc<Shared>) {
    while let Ok((client, _)) = listener.accept().await {
        tokio::spawn(connected(client, shared.clone()));
    }
}

async fn connected(client: TcpStream, shared: Arc<Shared>) {
    // A packet there and one back, before the first byte.
    sleep(shared.options.delay * 2).await;
    let Ok(server) = TcpStream::connect(shared.target).await else {
        return;
    };
    // Losing this option costs speed and nothing else.
    let _ = (client.set_nodelay(true), server.set_nodelay(true));
    let everything = shared.all.notified();
    let (mut from_client, mut to_client) = client.into_split();
    let (mut from_server, mut to_server) = server.into_split();
    let ended = {
        let up = carried(&mut from_client, &mut to_server, &shared, &shared.up);
        let down = carried(&mut from_server, &mut to_client, &shared, &shared.down);
        tokio::select! {
            ended = async { tokio::try_join!(up, down) } => ended.err(),
            () = everything => Some(Ended::Reset),
        }
    };
    if ended == Some(Ended::Reset) {
        for socket in [from_client.as_ref(), from_server.as_ref()] {
            // A socket that is gone needs no reset.
            let _ = socket.set_zero_linger();
        }
        // Dropped, they would say an orderly end first.
        to_client.forget();
        to_server.forget();
    }
}

/// How a connection ended before its time.
#[derive(Debug, PartialEq, Eq)]
enum Ended {
    Cut,
    Reset,
}

impl From<io::Error> for Ended {
    fn from(_: io::Error) -> Self {
        Self::Reset
    }
}

/// Carries one direction of a connection, piece by piece, each in its own time.
async fn carried(
    from: &mut OwnedReadHalf,
    to: &mut OwnedWriteHalf,
    shared: &Shared,
    direction: &Direction,
) -> Result<(), Ended> {
    let (sender, mut receiver) = mpsc::unbounded_channel::<(Instant, Vec<u8>)>();
    let taking = async move {
        loop {
            let mut piece = vec![0; PIECE];
            let mut length = from.read(&mut piece).await?;
            if length == 0 {
                return Ok(());
            }
            let mut ending = None;
            if std::ptr::eq(direction, &raw const shared.up) {
                (length, ending) = shared.goes_up(length);
            }
            piece.truncate(length);
            let through = direction.takes(length, shared.options.bits_per_second);
            // What is on its way is no more than the line holds.
            sleep_until(through).await;
            if sender
                .send((through + shared.options.delay, piece))
                .is_err()
            {
                return Err(Ended::Cut);
            }
            if let Some(ending) = ending {
                return Err(ending);
            }
        }
    };
    let giving = async move {
        while let Some((due, piece)) = receiver.recv().await {
            sleep_until(due).await;
            to.write_all(&piece).await?;
        }
        to.shutdown().await?;
        Ok(())
    };
    tokio::try_join!(taking, giving).map(drop)
}

impl Shared {
    /// Counts a piece that goes up. If something is to happen within it, answers how much of it
    /// still goes and how the connection ends.
    fn goes_up(&self, length: usize) -> (usize, Option<Ended>) {
        let before = self.gone_up.fetch_add(length as u64, Ordering::AcqRel);
        let mut breaks = locked(&self.breaks);
        let is_due = breaks
            .first()
            .is_some_and(|(at, _)| *at < before + length as u64);
        if !is_due {
            return (length, None);
        }
        let (at, how) = breaks.remove(0);
        let goes = usize::try_from(at.saturating_sub(before)).unwrap_or(0);
        match how {
            Break::Cut => (goes, Some(Ended::Cut)),
            Break::Reset => (goes, Some(Ended::Reset)),
            Break::ResetAll => {
                self.all.notify_waiters();
                (goes, Some(Ended::Reset))
            }
            Break::Stall(time) => {
                self.up.rests(time);
                self.down.rests(time);
                (length, None)
            }
        }
    }
}

impl Direction {
    /// When a piece that wants to go now has gone in.
    fn takes(&self, length: usize, bits_per_second: Option<u64>) -> Instant {
        let now = Instant::now();
        let mut free = locked(&self.0);
        let start = free.map_or(now, |free| free.max(now - LATENESS));
        let nanoseconds = bits_per_second.map_or(0, |rate| {
            (length as u64).saturating_mul(8_000_000_000) / rate.max(1)
        });
        let end = start + Duration::from_nanos(nanoseconds);
        *free = Some(end);
        end
    }

    /// Nothing goes for so long.
    fn rests(&self, time: Duration) {
        *locked(&self.0) = Some(Instant::now() + time);
    }
}
