use async_trait::async_trait;
use hmac::{Hmac, KeyInit, Mac};
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use serde_json::json;
use sha2::Sha256;

use crate::http::post::post;
use crate::scrub::Scrub;
use crate::text;
use crate::{Parcel, Secret, SendError, Sender};

/// The notice as JSON to any program, signed so that it can tell that it comes from here.
///
/// `Tallyport-Signature: t=SECONDS,v1=HEX` is the HMAC-SHA256, under the channel's key, of the seconds,
/// a full stop and the body. A receiver computes it over the bytes that it got, refuses seconds that lie
/// more than five minutes off, and drops an id (`Tallyport-Id`, also in the body) that it has seen.
#[derive(Debug, Clone)]
pub struct Webhook {
    /// Where to; whoever knows it may post there.
    pub address: Secret,
    /// What the signature is made with.
    pub key: Secret,
    /// Whether it may lead into a private network.
    pub allow_private: bool,
}

#[async_trait]
impl Sender for Webhook {
    async fn send(&self, parcel: &Parcel) -> Result<(), SendError> {
        let body = body(parcel);
        let seconds = parcel.sent_at.as_second();
        let signature = format!("t={seconds},v1={}", signature(&self.key, seconds, &body)?);
        let mut headers = HeaderMap::new();
        for (name, value) in [
            ("tallyport-signature", signature),
            ("tallyport-id", parcel.id.clone()),
        ] {
            let value = HeaderValue::from_str(&value)
                .map_err(|_| SendError::Unusable("the notice has no usable id".to_owned()))?;
            headers.insert(HeaderName::from_static(name), value);
        }
        let scrub = Scrub::of_address(&self.address).and(self.key.reveal());
        post(&self.address, self.allow_private, scrub, headers, body).await
    }
}

fn body(parcel: &Parcel) -> Vec<u8> {
    let Parcel {
        id,
        sent_at,
        workspace,
        notice,
    } = parcel;
    let lines = notice.lines.iter().map(|line| {
        json!({
            "label": text::line(&line.label, 500),
            "amount": line.amount.to_decimal(2),
            "currency": line.amount.currency().code(),
        })
    });
    json!({
        "id": id,
        "sent_at": sent_at.to_string(),
        "workspace": workspace,
        "severity": notice.severity.word(),
        "title": text::line(&notice.title, 500),
        "text": text::lines(&notice.text, 5_000),
        "alerts": notice.alerts.iter().map(|id| id.0).collect::<Vec<_>>(),
        "place": notice.place,
        "lines": lines.collect::<Vec<_>>(),
    })
    .to_string()
    .into_bytes()
}

fn signature(key: &Secret, seconds: i64, body: &[u8]) -> Result<String, SendError> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key.reveal().as_bytes())
        .map_err(|_| SendError::Unusable("the channel's key cannot sign".to_owned()))?;
    mac.update(seconds.to_string().as_bytes());
    mac.update(b".");
    mac.update(body);
    let bytes = mac.finalize().into_bytes();
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}
