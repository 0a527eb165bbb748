use async_trait::async_trait;
use aws_config::SdkConfig;
use aws_sdk_sesv2::primitives::Blob;
use aws_sdk_sesv2::types::{Destination, EmailContent, RawMessage};
use lettre::Message;

use crate::aws::told;
use crate::mail::letter::letter;
use crate::mail::message::message;
use crate::{Letter, Mailer, Parcel, SendError, Sender};

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
        let to = Destination::builder().set_to_addresses(Some(self.to.clone()));
        self.deliver(&mail, to.build()).await
    }
}

#[async_trait]
impl Mailer for Ses {
    async fn post(&self, posted: &Letter) -> Result<(), SendError> {
        let mail = letter(posted, &self.from)?;
        let to = Destination::builder()
            .set_to_addresses(Some(posted.to.clone()))
            .set_bcc_addresses(Some(posted.copy_to.clone()));
        self.deliver(&mail, to.build()).await
    }
}

impl Ses {
    async fn deliver(&self, mail: &Message, to: Destination) -> Result<(), SendError> {
        let raw = RawMessage::builder()
            .data(Blob::new(mail.formatted()))
            .build()
            .map_err(|error| SendError::Unusable(error.to_string()))?;
        aws_sdk_sesv2::Client::new(&self.config)
            .send_email()
            .from_email_address(&self.from)
            .destination(to)
            .content(EmailContent::builder().raw(raw).build())
            .send()
            .await
            .map(drop)
            .map_err(|error| told("Amazon SES", "ses:SendEmail", &error))
    }
}
