use async_trait::async_trait;
use aws_config::SdkConfig;
use aws_sdk_sns::types::MessageAttributeValue;

use crate::aws::told;
use crate::text;
use crate::{Parcel, SendError, Sender, figure};

/// Text messages through Amazon SNS. A phone cannot tell a second one from the first, so one that was
/// sent just before the program died may come twice.
#[derive(Debug, Clone)]
pub struct Sms {
    /// The account and region that send.
    pub config: SdkConfig,
    /// To which numbers, as `+431234567`.
    pub to: Vec<String>,
    /// The name shown as sender, where the country allows one.
    pub sender_id: Option<String>,
}

/// Two of the parts that a long message is sent in: each is paid for.
const MOST: usize = 300;

#[async_trait]
impl Sender for Sms {
    async fn send(&self, parcel: &Parcel) -> Result<(), SendError> {
        if self.to.is_empty() {
            return Err(SendError::Unusable(
                "the SMS channel names no number".to_owned(),
            ));
        }
        let client = aws_sdk_sns::Client::new(&self.config);
        let words = words(parcel);
        let attribute = |value: &str| {
            MessageAttributeValue::builder()
                .data_type("String")
                .string_value(value)
                .build()
                .map_err(|error| SendError::Unusable(error.to_string()))
        };
        for number in &self.to {
            let mut ask = client
                .publish()
                .phone_number(number)
                .message(&words)
                .message_attributes("AWS.SNS.SMS.SMSType", attribute("Transactional")?);
            if let Some(sender_id) = &self.sender_id {
                ask = ask.message_attributes("AWS.SNS.SMS.SenderID", attribute(sender_id)?);
            }
            ask.send()
                .await
                .map_err(|error| told("Amazon SNS", "sns:Publish", &error))?;
        }
        Ok(())
    }
}

fn words(parcel: &Parcel) -> String {
    let notice = &parcel.notice;
    let mut words = format!("Tallyport: {}", text::line(&notice.title, 140));
    for line in notice.lines.iter().take(2) {
        words.push_str(&format!(
            "; {}: {}",
            text::line(&line.label, 40),
            figure(line.amount)
        ));
    }
    if notice.lines.is_empty() && !notice.text.is_empty() {
        words.push_str(". ");
        words.push_str(&notice.text);
    }
    text::line(&words, MOST)
}
