use serde_json::json;
use tallyport_api::{Door, StartToken};
use tallyport_workspace::{Context, schedules};

use crate::failure::Failure;
use crate::surroundings;

/// `tally serve`: until Ctrl-C.
pub async fn serve(context: Context, port: u16, json: bool) -> Result<(), Failure> {
    let mut bytes = [0; 32];
    surroundings::random(&mut bytes)?;
    let token = StartToken::from_random(bytes);
    let taken = |error: std::io::Error| {
        Failure::conflict(format!("Port {port} cannot be served: {error}."))
            .hint("Choose another with --port; 0 takes a free one.")
    };
    let listener = tallyport_api::listen(port).await.map_err(taken)?;
    let port = listener.local_addr().map_err(taken)?.port();
    let address = format!("http://127.0.0.1:{port}/enter?token={}", token.reveal());
    // What is planned is done while the server runs.
    let _keeper = schedules::keep(context.clone());
    let router = tallyport_api::router(
        context,
        Door::Loopback {
            token: token.clone(),
            port,
        },
    );
    if json {
        crate::say::answer(&json!({ "url": address, "port": port, "token": token.reveal() }));
    } else {
        crate::say::line(&address);
        crate::say::note("Open this address in a browser; it works until Ctrl-C ends the server.");
    }
    tallyport_api::serve(listener, router, stop())
        .await
        .map_err(|error| Failure::internal(format!("The server failed: {error}.")))
}

/// Done when the person, or the system, wants the server to end.
async fn stop() {
    let pressed = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminated) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = pressed => {}
                _ = terminated.recv() => {}
            }
            return;
        }
        let _ = tokio::signal::ctrl_c().await;
    }
    #[cfg(not(unix))]
    let _ = pressed.await;
}
