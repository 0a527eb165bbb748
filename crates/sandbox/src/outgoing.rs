//! What is sent out of the company through AWS: mail through SES, text messages through SNS. Nothing
//! leaves; everything is kept to be looked at.

use aws_smithy_types::base64;
use serde_json::{Value, json};

use crate::call::{self, Call, Protocol, REQUEST_ID, Reply};
use crate::dispatch::missing;
use crate::lock::locked;
use crate::sandbox::State;
use crate::xml::Xml;

/// The domain that SES has verified for the company.
const DOMAIN: &str = "northwind.example";
const SNS: &str = "http://sns.amazonaws.com/doc/2010-03-31/";

/// A mail that SES took.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SentMail {
    /// From whom.
    pub from: String,
    /// To whom.
    pub to: Vec<String>,
    /// The whole of it, as it would have gone out.
    pub raw: Vec<u8>,
}

/// A text message that SNS took.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SentText {
    /// To which number.
    pub number: String,
    /// What it says.
    pub message: String,
    /// The name that it shows as sender.
    pub sender_id: Option<String>,
}

/// What was sent since the sandbox was opened.
#[derive(Debug, Clone, Default)]
pub(crate) struct Outgoing {
    pub mails: Vec<SentMail>,
    pub texts: Vec<SentText>,
}

pub(crate) fn answer_mail(state: &State, call: &Call) -> Reply {
    if call.operation != "SendEmail" {
        return missing("ses", call);
    }
    match mail_of(&call.body) {
        Err((code, message)) => call::error(call.protocol, 400, code, &message),
        Ok(mail) => {
            let mails = &mut locked(&state.outgoing).mails;
            mails.push(mail);
            let id = format!("demo-mail-{:012}", mails.len());
            call::reply(
                200,
                "application/json",
                json!({ "MessageId": id }).to_string(),
            )
        }
    }
}

fn mail_of(body: &[u8]) -> Result<SentMail, (&'static str, String)> {
    let bad = |message: &str| ("BadRequestException", message.to_owned());
    let ask: Value = serde_json::from_slice(body).map_err(|_| bad("The request is not JSON."))?;
    let from = ask["FromEmailAddress"]
        .as_str()
        .unwrap_or_default()
        .to_owned();
    let domain = from
        .rsplit('@')
        .next()
        .unwrap_or_default()
        .trim_end_matches('>');
    if !domain.eq_ignore_ascii_case(DOMAIN) {
        return Err((
            "MessageRejected",
            format!(
                "Email address is not verified. The following identities failed the check in region US-EAST-1: {from}"
            ),
        ));
    }
    let to: Vec<String> = ["ToAddresses", "CcAddresses", "BccAddresses"]
        .iter()
        .filter_map(|kind| ask["Destination"][kind].as_array())
        .flatten()
        .filter_map(|address| address.as_str().map(str::to_owned))
        .collect();
    if to.is_empty() || to.len() > 50 {
        return Err(bad("Between 1 and 50 recipients are required."));
    }
    let raw = ask["Content"]["Raw"]["Data"]
        .as_str()
        .and_then(|data| base64::decode(data).ok())
        .ok_or_else(|| bad("The sandbox takes raw messages only."))?;
    Ok(SentMail { from, to, raw })
}

pub(crate) fn answer_text(state: &State, call: &Call) -> Reply {
    let fields = call::form_fields(&String::from_utf8_lossy(&call.body));
    let field = |name: &str| {
        fields
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    };
    let Some(number) = field("PhoneNumber").filter(|_| call.operation == "Publish") else {
        return missing("sns", call);
    };
    let refused = |message: &str| call::error(Protocol::Query, 400, "InvalidParameter", message);
    let digits = number.strip_prefix('+').unwrap_or_default();
    if !(7..=15).contains(&digits.len()) || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return refused(&format!(
            "Invalid parameter: PhoneNumber Reason: {number} is not valid to publish to"
        ));
    }
    let message = field("Message").unwrap_or_default();
    if message.is_empty() || message.chars().count() > 1_600 {
        return refused("Invalid parameter: Message");
    }
    // Attributes are numbered: `MessageAttributes.entry.1.Name` and what it is called by.
    let sender_id = fields
        .iter()
        .find(|(_, value)| value == "AWS.SNS.SMS.SenderID")
        .and_then(|(key, _)| field(&key.replace(".Name", ".Value.StringValue")))
        .map(str::to_owned);
    let texts = &mut locked(&state.outgoing).texts;
    texts.push(SentText {
        number: number.to_owned(),
        message: message.to_owned(),
        sender_id,
    });
    let id = format!("demo-text-{:012}", texts.len());
    let body = Xml::document("PublishResponse", SNS, |xml| {
        xml.element("PublishResult", |xml| {
            xml.text("MessageId", &id);
        });
        xml.element("ResponseMetadata", |xml| {
            xml.text("RequestId", REQUEST_ID);
        });
    });
    call::reply(200, "text/xml", body)
}
