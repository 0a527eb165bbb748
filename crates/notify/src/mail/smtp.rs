use std::time::Duration;

use async_trait::async_trait;
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::{Certificate, Tls, TlsParameters};
use lettre::{AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor};

use crate::mail::letter::letter;
use crate::mail::message::message;
use crate::scrub::Scrub;
use crate::text;
use crate::{Letter, Mailer, Parcel, Secret, SendError, Sender};

/// How long one step may take, and the whole.
const STEP: Duration = Duration::from_secs(20);
const WHOLE: Duration = Duration::from_secs(60);

/// What protects a mail and the password on their way to the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Protection {
    /// TLS from the first byte (port 465).
    Tls,
    /// TLS begun by STARTTLS, or nothing is sent (port 587).
    StartTls,
    /// Nothing: only to a server on this computer, and without a password.
    None,
}

/// A mail server.
#[derive(Debug, Clone)]
pub struct Mail {
    /// Its name.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// What protects the way there.
    pub protection: Protection,
    /// An authority in PEM that is trusted besides the computer's own: a company's.
    pub authority: Option<String>,
    /// Who signs in, if somebody must.
    pub sign_in: Option<(String, Secret)>,
    /// From whom.
    pub from: String,
    /// To whom.
    pub to: Vec<String>,
}

#[async_trait]
impl Sender for Mail {
    async fn send(&self, parcel: &Parcel) -> Result<(), SendError> {
        self.deliver(message(parcel, &self.from, &self.to)?).await
    }
}

#[async_trait]
impl Mailer for Mail {
    async fn post(&self, posted: &Letter) -> Result<(), SendError> {
        self.deliver(letter(posted, &self.from)?).await
    }
}

impl Mail {
    async fn deliver(&self, mail: Message) -> Result<(), SendError> {
        let scrub = match &self.sign_in {
            Some((user, password)) => Scrub::of_sign_in(user, password),
            None => Scrub::default(),
        };
        let transport = self.transport()?;
        let place = || text::line(&self.host, 100);
        match tokio::time::timeout(WHOLE, transport.send(mail)).await {
            Ok(Ok(_)) => Ok(()),
            Ok(Err(error)) => Err(told(place(), &scrub, &error)),
            Err(_) => Err(SendError::TimedOut { place: place() }),
        }
    }

    fn transport(&self) -> Result<AsyncSmtpTransport<Tokio1Executor>, SendError> {
        let unusable = |why: &str| SendError::Unusable(why.to_owned());
        let tls = match self.protection {
            Protection::Tls => Tls::Wrapper(self.parameters()?),
            Protection::StartTls => Tls::Required(self.parameters()?),
            Protection::None => {
                if !matches!(self.host.as_str(), "localhost" | "127.0.0.1" | "::1") {
                    return Err(unusable(
                        "mail goes out without TLS only to a server on this computer",
                    ));
                }
                if self.sign_in.is_some() {
                    return Err(unusable("a password is never sent without TLS"));
                }
                Tls::None
            }
        };
        let mut builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&self.host)
            .port(self.port)
            .tls(tls)
            .timeout(Some(STEP));
        if let Some((user, password)) = &self.sign_in {
            builder = builder
                .credentials(Credentials::new(user.clone(), password.reveal().to_owned()))
                .authentication(vec![Mechanism::Plain, Mechanism::Login]);
        }
        Ok(builder.build())
    }

    fn parameters(&self) -> Result<TlsParameters, SendError> {
        let mut builder = TlsParameters::builder(self.host.clone());
        if let Some(pem) = &self.authority {
            let authority = Certificate::from_pem(pem.as_bytes()).map_err(|_| {
                SendError::Unusable("the trusted certificate is not one in PEM form".to_owned())
            })?;
            builder = builder.add_root_certificate(authority);
        }
        builder
            .build_rustls()
            .map_err(|error| SendError::Unusable(text::line(&error.to_string(), 200)))
    }
}

fn told(place: String, scrub: &Scrub, error: &lettre::transport::smtp::Error) -> SendError {
    let said = scrub.clean(&error.to_string());
    if error.is_timeout() {
        return SendError::TimedOut { place };
    }
    let code = error.status().map(|code| code.to_string());
    match code.as_deref() {
        // Wrong, too weak, or missing credentials (RFC 4954).
        Some("530" | "534" | "535" | "538") => SendError::SignIn { place, said },
        Some(_) if error.is_permanent() => SendError::Refused { place, said },
        Some(_) => SendError::Later {
            place,
            said,
            after: None,
        },
        None if error.is_client() => SendError::Refused { place, said },
        None if error.is_tls() => SendError::Unreachable { place, why: said },
        None => SendError::Unreachable { place, why: said },
    }
}
