//! A receiver of webhooks, and notices to be sent to it.

use std::sync::atomic::{AtomicU16, Ordering};
use std::sync::{Arc, Mutex};

use serde_json::Value;
use tallyport_ledger::alert::{AlertId, Notice, Severity};
use tallyport_ledger::channel::ChannelKind;
use tallyport_ledger::{ManageChannels, ViewCosts};
use tallyport_store::{Outgoing, OutgoingId};
use tallyport_workspace::channels::{self, Channel, ChannelAsk, SettingsAsk};
use tallyport_workspace::delivery::{self, Delivered};
use tallyport_workspace::{ChannelId, Delivery, DeliveryQuery, WorkspaceError};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use crate::scene::{Scene, moment, secret};

const KEY: &str = "Canary-key-0123456789";
pub const HOUR: i64 = 3_600_000;

/// A receiver of webhooks whose answer can be changed.
pub struct Receiver {
    pub port: u16,
    status: Arc<AtomicU16>,
    got: Arc<Mutex<Vec<Value>>>,
}

impl Receiver {
    pub async fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let status = Arc::new(AtomicU16::new(204));
        let got: Arc<Mutex<Vec<Value>>> = Arc::default();
        let (answers, into) = (Arc::clone(&status), Arc::clone(&got));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(answer(stream, Arc::clone(&answers), Arc::clone(&into)));
            }
        });
        Self { port, status, got }
    }

    pub fn answers(&self, status: u16) {
        self.status.store(status, Ordering::SeqCst);
    }

    /// What came since it was last asked.
    pub fn taken(&self) -> Vec<Value> {
        std::mem::take(&mut self.got.lock().unwrap())
    }
}

async fn answer(mut stream: TcpStream, status: Arc<AtomicU16>, got: Arc<Mutex<Vec<Value>>>) {
    let mut read = Vec::new();
    let body = loop {
        let mut piece = [0; 4_096];
        let count = stream.read(&mut piece).await.unwrap();
        read.extend_from_slice(&piece[..count]);
        let text = String::from_utf8_lossy(&read).into_owned();
        let Some((head, body)) = text.split_once("\r\n\r\n") else {
            continue;
        };
        let length = head
            .lines()
            .find_map(|line| {
                line.to_ascii_lowercase()
                    .strip_prefix("content-length: ")
                    .map(str::to_owned)
            })
            .map_or(0, |length| length.parse().unwrap());
        if body.len() >= length {
            break body.to_owned();
        }
    };
    got.lock()
        .unwrap()
        .push(serde_json::from_str(&body).unwrap());
    let status = status.load(Ordering::SeqCst);
    let said = format!("HTTP/1.1 {status} Said\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    stream.write_all(said.as_bytes()).await.unwrap();
}

pub fn webhook(name: &str, receiver: &Receiver) -> ChannelAsk {
    ChannelAsk {
        kind: ChannelKind::Webhook,
        name: name.to_owned(),
        enabled: true,
        settings: SettingsAsk {
            url: Some(secret(&format!(
                "http://127.0.0.1:{}/Canary-path",
                receiver.port
            ))),
            allow_private: Some(true),
            ..SettingsAsk::default()
        },
        secret: Some(secret(KEY)),
        least: Severity::Notice,
        digest: None,
    }
}

pub async fn add(scene: &Scene, ask: ChannelAsk) -> Channel {
    channels::add(&scene.cx, &scene.may::<ManageChannels>(), ask)
        .await
        .unwrap()
}

pub fn notice(title: &str, severity: Severity, alert: i64) -> Notice {
    Notice {
        title: title.to_owned(),
        text: format!("{title}, in words."),
        severity,
        alerts: vec![AlertId(alert)],
        place: format!("/budgets/{alert}"),
        lines: Vec::new(),
    }
}

pub async fn post(scene: &Scene, channel: Option<ChannelId>, notice: Notice) -> OutgoingId {
    let at = scene.cx.now();
    scene
        .cx
        .store
        .write(move |w| {
            Ok::<_, WorkspaceError>(w.post(&Outgoing {
                channel,
                kind: "alerts",
                notice: &notice,
                at,
            })?)
        })
        .await
        .unwrap()
}

pub async fn log(scene: &Scene) -> Vec<Delivery> {
    let ask = DeliveryQuery {
        limit: 1_000,
        ..DeliveryQuery::default()
    };
    delivery::log(&scene.cx, &scene.may::<ViewCosts>(), ask)
        .await
        .unwrap()
        .0
}

pub async fn of(scene: &Scene, id: OutgoingId) -> Delivery {
    log(scene)
        .await
        .into_iter()
        .find(|delivery| delivery.id == id)
        .unwrap()
}

pub fn set(scene: &Scene, text: &str) {
    scene.time.store(moment(text), Ordering::SeqCst);
}

pub fn sent(count: usize) -> Delivered {
    Delivered {
        sent: count,
        ..Delivered::default()
    }
}
