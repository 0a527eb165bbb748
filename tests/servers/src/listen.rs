//! Listening on loopback with a runtime of its own, so that a test may block as it likes.

use std::convert::Infallible;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};

use bytes::Bytes;
use http::{Request, Response};
use http_body::Body;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;
use tokio::runtime::{Builder, Runtime};

use crate::stream::{Connection, Stream};

/// A runtime and the address that it listens on. All of it stops when this is dropped.
#[derive(Debug)]
pub(crate) struct Listening {
    pub address: SocketAddr,
    /// Taken only when dropped.
    runtime: Option<Runtime>,
}

/// Any free port of this machine's own address.
pub(crate) const ANYWHERE: SocketAddr =
    SocketAddr::new(std::net::IpAddr::V4(Ipv4Addr::LOCALHOST), 0);

impl Listening {
    /// Starts `serve` on a listener that `listen` makes.
    pub fn start<F: Future<Output = ()> + Send + 'static>(
        listen: impl FnOnce() -> io::Result<TcpListener>,
        serve: impl FnOnce(TcpListener) -> F,
    ) -> io::Result<Self> {
        let runtime = Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()?;
        let inside = runtime.enter();
        let listener = listen()?;
        let address = listener.local_addr()?;
        drop(inside);
        runtime.spawn(serve(listener));
        Ok(Self {
            address,
            runtime: Some(runtime),
        })
    }

    /// Waits for something that is worked out here, also where the caller is asynchronous itself.
    pub fn wait_for<T: Send + 'static>(
        &self,
        work: impl Future<Output = T> + Send + 'static,
    ) -> io::Result<T> {
        let (sender, receiver) = std::sync::mpsc::channel();
        let runtime = self.runtime.as_ref().ok_or(io::ErrorKind::NotConnected)?;
        runtime.spawn(async move {
            let _ = sender.send(work.await);
        });
        receiver.recv().map_err(io::Error::other)
    }

    /// Where a client finds it.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }
}

impl Drop for Listening {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            // Waiting is not allowed where a test is itself asynchronous.
            runtime.shutdown_background();
        }
    }
}

/// A listener on a free port.
pub(crate) fn anywhere() -> io::Result<TcpListener> {
    let listener = std::net::TcpListener::bind(ANYWHERE)?;
    listener.set_nonblocking(true)?;
    TcpListener::from_std(listener)
}

/// Answers every request of every connection with `answer`, which may break the connection.
pub(crate) async fn serve_http<A, F, B>(listener: TcpListener, answer: A)
where
    A: Fn(Request<Incoming>, Connection) -> F + Clone + Send + 'static,
    F: Future<Output = Response<B>> + Send + 'static,
    B: Body<Data = Bytes> + Send + 'static,
    B::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    while let Ok((socket, _)) = listener.accept().await {
        let connection = Connection::default();
        let Ok(stream) = Stream::new(socket, connection.clone()) else {
            continue;
        };
        let answer = answer.clone();
        tokio::spawn(async move {
            let breakable = connection.clone();
            let service = service_fn(move |request| {
                let answering = answer(request, connection.clone());
                async move { Ok::<_, Infallible>(answering.await) }
            });
            let served = http1::Builder::new().serve_connection(TokioIo::new(stream), service);
            tokio::select! {
                // How a connection ends is the client's to tell.
                _ = served => {}
                () = breakable.broken() => {}
            }
        });
    }
}
