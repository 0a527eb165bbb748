//! What servers say goes into logs and onto screens: whatever they repeat of a secret is taken out of it.

use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};

use crate::Secret;
use crate::text;

/// What stands where a secret stood.
const REDACTED: &str = "[redacted]";
/// A part of an address shorter than this is no secret: `services`, `v1`.
const PART: usize = 8;
/// What is passed on of an answer.
const MOST: usize = 240;

/// Takes secrets out of texts.
#[derive(Default)]
pub(crate) struct Scrub {
    forms: Vec<Secret>,
}

impl Scrub {
    /// Takes out `secret` in plain, hexadecimal, base64 and percent-encoded form.
    pub fn of(secret: &Secret) -> Self {
        Self::default().and(secret.reveal())
    }

    /// Takes out an address and each part of its path and query that is long enough to be a key.
    pub fn of_address(address: &Secret) -> Self {
        let mut scrub = Self::of(address);
        let after_host = address
            .reveal()
            .split_once("://")
            .and_then(|(_, rest)| rest.split_once(['/', '?']))
            .map_or("", |(_, rest)| rest);
        for part in after_host.split(['/', '?', '&', '=', '#', ';']) {
            if part.len() >= PART {
                scrub = scrub.and(part);
            }
        }
        scrub
    }

    /// As SMTP's PLAIN and LOGIN send it.
    pub fn of_sign_in(user: &str, password: &Secret) -> Self {
        let plain = ["\0", user, "\0", password.reveal()].concat();
        Self::of(password).and(&plain)
    }

    pub fn and(mut self, text: &str) -> Self {
        if text.is_empty() {
            return self;
        }
        let mut hex = String::with_capacity(text.len() * 2);
        let mut percent = String::with_capacity(text.len() * 3);
        for byte in text.bytes() {
            let _ = write!(hex, "{byte:02x}");
            if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
                percent.push(char::from(byte));
            } else {
                let _ = write!(percent, "%{byte:02X}");
            }
        }
        let forms = [
            text.to_owned(),
            STANDARD_NO_PAD.encode(text),
            URL_SAFE_NO_PAD.encode(text),
            hex.to_uppercase(),
            hex,
            percent,
        ];
        self.forms.extend(forms.map(Secret::new));
        // The longest first, so that none is left in halves.
        self.forms
            .sort_by_key(|form| std::cmp::Reverse(form.reveal().len()));
        self
    }

    /// The text without secrets, control characters and most of its length.
    pub fn clean(&self, said: &str) -> String {
        let mut said = said.to_owned();
        for form in &self.forms {
            said = said.replace(form.reveal(), REDACTED);
        }
        text::line(&said, MOST)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_form_of_a_password_is_left_in_what_a_server_said() {
        let password = Secret::new("Canary-7f3a!/9".to_owned());
        let scrub = Scrub::of_sign_in("ada@example.com", &password);
        let plain =
            base64::engine::general_purpose::STANDARD.encode("\0ada@example.com\0Canary-7f3a!/9");
        let said = format!(
            "535 no: Canary-7f3a!/9, {plain}, Q2FuYXJ5LTdmM2EhLzk=, Canary-7f3a%21%2F9, 43616e6172792d376633612 12f39"
        );
        let clean = scrub.clean(&said);
        for form in ["Canary", "Q2FuYXJ5", plain.as_str(), "%21%2F9"] {
            assert!(!clean.contains(form), "{form} in {clean}");
        }
        assert!(clean.starts_with("535 no: [redacted]"), "{clean}");
    }

    #[test]
    fn the_key_in_the_path_of_an_address_is_taken_out_and_its_host_is_not() {
        let address = Secret::new(
            "https://hooks.example.com/services/T0000000/Bcanary11/Ccanary22".to_owned(),
        );
        let clean = Scrub::of_address(&address)
            .clean("hooks.example.com knows no Bcanary11/Ccanary22 in services");
        assert_eq!(
            clean,
            "hooks.example.com knows no [redacted]/[redacted] in [redacted]"
        );
    }
}
