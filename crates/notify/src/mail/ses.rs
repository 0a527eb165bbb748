use async_trait::async_trait;
use aws_config::SdkConfig;
use aws_sdk_sesv2::primitives::Blob;
use aws_sdk_sesv2::types::{Destination, EmailContent, RawMessage};

use crate::aws::told;
use crate::mail::message::message;
use crate::{Parcel, SendError, Sender};

/// Mail through Amazon SES.
#[derive(Debug, Clone)]
pub struct Ses {
    /// The account and region that send.
    pub config: SdkConfig,
    /// From whom: an address or domain that SES has verified.
    pub from: String,
    /// To whom.
    pub to: Vec<String>,
}

#[async_trait]
impl Sender for Ses {
    async fn send(&self, parcel: &Parcel) -> Result<(), SendError> {
        let mail = message(parcel, &self.from, &self.to)?;
        let raw = RawMessage::builder()
            .data(Blob::new(mail.formatted()))
            .build()
            .map_err(|error| SendError::Unusable(error.to_string()))?;
        aws_sdk_sesv2::Client::new(&self.config)
            .send_email()
            .from_email_address(&self.from)
            .destination(
                Destination::builder()
                    .set_to_addresses(Some(self.to.clone()))
                    .build(),
            )
            .content(EmailContent::builder().raw(raw).build())
            .send()
            .await
            .map(drop)
            .map_err(|error| told("Amazon SES", "ses:SendEmail", &error))
    }
}
