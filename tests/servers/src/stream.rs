//! A connection that can be cut at any moment, and that can answer slowly.

use std::io;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::sync::Notify;
use tokio::time::{Sleep, sleep};

/// What a request's handler may do to the connection that it came by.
#[derive(Debug, Clone, Default)]
pub(crate) struct Connection {
    is_broken: Arc<AtomicBool>,
    breaking: Arc<Notify>,
    pace: Arc<Mutex<Option<Duration>>>,
}

impl Connection {
    /// Breaks the connection with a reset; nobody comes back from here.
    pub async fn reset(&self) -> std::convert::Infallible {
        self.is_broken.store(true, Ordering::Release);
        self.breaking.notify_one();
        std::future::pending().await
    }

    /// Done once somebody has called [`Self::reset`].
    pub async fn broken(&self) {
        self.breaking.notified().await;
    }

    /// From now on each byte of an answer takes so long.
    pub fn answer_slowly(&self, each_byte: Duration) {
        *locked(&self.pace) = Some(each_byte);
    }
}

pub(crate) fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The socket of a [`Connection`].
#[derive(Debug)]
pub(crate) struct Stream {
    socket: TcpStream,
    connection: Connection,
    waiting: Option<Pin<Box<Sleep>>>,
}

impl Stream {
    pub fn new(socket: TcpStream, connection: Connection) -> io::Result<Self> {
        socket.set_nodelay(true)?;
        Ok(Self {
            socket,
            connection,
            waiting: None,
        })
    }
}

impl Drop for Stream {
    fn drop(&mut self) {
        if self.connection.is_broken.load(Ordering::Acquire) {
            // The kernel then says reset instead of an orderly end; a socket that is gone needs neither.
            let _ = self.socket.set_zero_linger();
        }
    }
}

impl AsyncRead for Stream {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.socket).poll_read(context, buffer)
    }
}

impl AsyncWrite for Stream {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let Some(each_byte) = *locked(&self.connection.pace) else {
            return Pin::new(&mut self.socket).poll_write(context, bytes);
        };
        let waiting = self
            .waiting
            .get_or_insert_with(|| Box::pin(sleep(each_byte)));
        std::task::ready!(waiting.as_mut().poll(context));
        self.waiting = None;
        Pin::new(&mut self.socket).poll_write(context, bytes.get(..1).unwrap_or(bytes))
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.socket).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.socket).poll_shutdown(context)
    }
}
